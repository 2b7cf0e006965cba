using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Orders of a request that turned out to be somebody else's, and that nobody has begun, are cancelled.</summary>
public sealed class OnWorkStopped(RefoldOrders refold) : Reaction<WorkStopped>
{
    public const string ReactionName = "work-orders.work-stopped";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, WorkStopped hubEvent)
    {
        // Somebody may have thought again in the meantime.
        if (ResponsibilityStore.Find(scope, hubEvent.Number) is not { } decision || Outcome.IsWork(decision.Outcome)) return;
        foreach (var order in OrderStore.OfRequest(scope, hubEvent.Number).Where(o => o.State is OrderState.Unassigned or OrderState.Assigned))
        {
            OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Cancel, crew: null, OrderEvent.Hub);
            refold.Refold(scope, order.Id);
        }
    }
}
