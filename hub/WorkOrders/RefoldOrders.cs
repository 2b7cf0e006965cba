using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Folds an order again after something was done with it, and tells its request, its crews' vehicles and the feed.</summary>
public sealed class RefoldOrders(FollowWork requests, Responsibilities responsibilities, OrderMaker maker, CostOrder costs, WorkOrdersOptions options)
{
    public void Refold(WriteScope scope, string id)
    {
        if (OrderStore.Find(scope, id) is not { } before) return;
        var events = OrderEventStore.Of(scope.Connection, scope.Transaction, id);
        var story = WorkOrder.Read(events, before.ByCrew, before.Kind);
        var now = before.With(story.State);
        costs.Save(scope, now, story);
        if (now == before && story.State.Decided is null) return;
        var crewName = CrewName(scope, now.Crew);
        var who = Who(events, crewName);
        if (now != before) now = Save(scope, before, now with { ChangedBy = who });
        // Before its request hears that this one is done: a request must not close while the permanent repair is still to come.
        FollowUp(scope, now, story.State);
        var changed = now.State != before.State || now.Crew != before.Crew;
        Tell(scope, now, crewName, changed ? who : null, changed ? What(now, crewName) : null, Finding(now, story));
        if (changed && now is { State: OrderState.CouldNotComplete, Reason: FoundReason.OtherOwner, Request: { } request })
            responsibilities.OtherOwner(scope, request, story.State.Decided?.Note, who);
    }

    /// <summary>Lets the feed and the request know of a new order that nobody has yet.</summary>
    public void Announce(WriteScope scope, OrderRecord order)
    {
        scope.Raise(new OrderChanged(order.ToSummary(null)));
        Tell(scope, order, null, OrderEvent.Hub, $"{order.Number} waits for a crew", finding: null);
    }

    private void Tell(WriteScope scope, OrderRecord order, string? crewName, string? who, string? what, WorkFinding? finding)
    {
        if (order.Request is not { } request)
        {
            requests.Feed(scope, order.Id, order.Service, order.At, order.Pole, finding);
            return;
        }

        requests.Apply(
            scope,
            new LinkedOrder(order.Id, request, order.Number, order.State, order.Crew, crewName, order.Vehicle, order.UpdatedAt)
            {
                Resolution = order.Resolution, Reason = order.Reason, ByCrew = order.ByCrew, Kind = order.Kind,
            },
            who, what, finding);
    }

    /// <summary>
    /// What was repaired for now, or only made safe, is opened as a dated permanent repair; taken back, that is cancelled as
    /// long as nobody has begun.
    /// </summary>
    private void FollowUp(WriteScope scope, OrderRecord order, OrderState state)
    {
        var due = order.State == OrderState.TemporaryRepair || (order.Kind == OrderKind.MakeSafe && state.IsDone);
        var follows = OrderStore.Following(scope, order.Id);
        if (due && follows is null)
        {
            var permanent = maker.Make(scope, NewOrder.After(order, order.Until ?? (order.DoneAt ?? scope.Now).AddDays(options.PermanentDays)));
            OrderEventStore.AddByOffice(scope, permanent.Id, OrderEventKind.Assign, crew: null, OrderEvent.Hub, note: $"permanent repair after {order.Number}");
            Announce(scope, permanent);
        }
        else if (due && follows is { State: OrderState.Cancelled })
        {
            OrderEventStore.AddByOffice(scope, follows.Id, OrderEventKind.Assign, crew: null, OrderEvent.Hub);
            Refold(scope, follows.Id);
        }
        else if (!due && follows is { State: OrderState.Unassigned or OrderState.Assigned })
        {
            OrderEventStore.AddByOffice(scope, follows.Id, OrderEventKind.Cancel, crew: null, OrderEvent.Hub);
            Refold(scope, follows.Id);
        }
    }

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
        events is [.., { FromCrew: false, Who: { } office }] ? office
        : events is [.., { ByRadio: true, Who: { } typed }] ? $"{crewName ?? OrderEvent.Hub} (by radio, {typed})"
        : crewName ?? OrderEvent.Hub;

    private static string What(OrderRecord order, string? crewName)
    {
        var what = $"{order.Number} {order.State}";
        if (order.State == OrderState.Assigned || (order.State == OrderState.HandedOver && crewName is not null)) what += $" to {crewName}";
        if (order.Reason is not null) what += $": {order.Reason}";
        return order.Far ? what + " (far from the job)" : what;
    }

    private static WorkFinding? Finding(OrderRecord order, OrderStory story) => (order.State, story.State.Decided) switch
    {
        (OrderState.FieldComplete or OrderState.Reviewed or OrderState.TemporaryRepair, { } done) when OrderKind.Repairs(order.Kind) =>
            new WorkFinding(Repaired: true, done.FixMs, done.DeviceMs, done.Replay) { Places = Places(story) },
        (OrderState.CouldNotComplete, { } looked) when FoundReason.IsAbsent(looked.Reason) => new WorkFinding(Repaired: false, looked.FixMs, looked.DeviceMs, looked.Replay),
        // The job goes on, but what was filled is filled.
        (_, _) when story.Points is [.., var last] && OrderKind.Repairs(order.Kind) =>
            new WorkFinding(Repaired: true, last.FixMs, last.DeviceMs, last.Replay) { Places = Places(story), AtPlacesOnly = true },
        _ => null,
    };

    // Also those that don't count: what a second crew filled says of the place that it is repaired.
    private static WorkPlace[] Places(OrderStory story) =>
        [.. story.Standing.Where(p => WorkOrder.IsPoint(p) && p.At is not null).Select(p => new WorkPlace(p.Name, p.At!.Value, p.FixMs, p.DeviceMs, p.Replay))];
}
