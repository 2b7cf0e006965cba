using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Folds an order again after something was done with it, and tells its request, its crews' vehicles and the feed.</summary>
public sealed class RefoldOrders(FollowWork requests)
{
    /// <summary>The reason by which a crew says that there was nothing to fix.</summary>
    public const string NotFound = "nothing-found";

    public void Refold(WriteScope scope, string id)
    {
        if (OrderStore.Find(scope, id) is not { } before) return;
        var events = OrderEventStore.Of(scope.Connection, scope.Transaction, id);
        var state = WorkOrder.Fold(events, before.ByCrew);
        var now = before.With(state);
        if (now == before && state.Decided is null) return;
        if (now != before) now = Save(scope, before, now);
        var crewName = CrewName(scope, now.Crew);
        var changed = now.State != before.State || now.Crew != before.Crew;
        requests.Apply(
            scope,
            new LinkedOrder(now.Id, now.Request, now.Number, now.State, now.Crew, crewName, now.Vehicle, now.UpdatedAt),
            changed ? Who(events, crewName) : null,
            changed ? What(now, crewName) : null,
            Finding(state));
    }

    /// <summary>Lets the request know of a new order that nobody has yet.</summary>
    public void Tell(WriteScope scope, OrderRecord order) =>
        requests.Apply(
            scope,
            new LinkedOrder(order.Id, order.Request, order.Number, order.State, null, null, null, order.UpdatedAt),
            OrderEvent.Hub,
            $"{order.Number} waits for a crew",
            finding: null);

    private static OrderRecord Save(WriteScope scope, OrderRecord before, OrderRecord now)
    {
        now = now with { UpdatedAt = scope.Now };
        OrderStore.Save(scope, now);
        if (before.Crew != now.Crew) VehicleOrdersStore.TakeOff(scope, now.Id);
        foreach (var crew in new[] { before.Crew, now.Crew }.OfType<string>().Distinct())
        {
            var vehicles = VehicleOrdersStore.OfCrew(scope, crew).Append(CrewStore.FindSummary(scope, crew)?.Vehicle);
            foreach (var vehicle in vehicles.OfType<string>().Distinct()) VehicleOrdersStore.Bump(scope, vehicle);
        }

        // As it is on board now.
        now = OrderStore.Find(scope, now.Id)!;
        scope.Raise(new OrderChanged(now.ToSummary(CrewName(scope, now.Crew))));
        return now;
    }

    private static string? CrewName(WriteScope scope, string? crew) =>
        crew is null ? null : CrewStore.FindSummary(scope, crew)?.Name ?? crew;

    private static string Who(List<OrderEvent> events, string? crewName) =>
        events is [.., { FromCrew: false, Who: { } office }] ? office : crewName ?? OrderEvent.Hub;

    private static string What(OrderRecord order, string? crewName)
    {
        var what = $"{order.Number} {order.State}";
        if (order.State == OrderState.Assigned) what += $" to {crewName}";
        if (order.Reason is not null) what += $": {order.Reason}";
        return order.Far ? what + " (far from the job)" : what;
    }

    private static WorkFinding? Finding(OrderState state) => state switch
    {
        { State: OrderState.FieldComplete, Decided: { } done } => new WorkFinding(Repaired: true, done.FixMs, done.DeviceMs, done.Replay),
        { State: OrderState.CouldNotComplete, Reason: NotFound, Decided: { } looked } => new WorkFinding(Repaired: false, looked.FixMs, looked.DeviceMs, looked.Replay),
        _ => null,
    };
}
