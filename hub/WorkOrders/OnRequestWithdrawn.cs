using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Orders of a withdrawn request that nobody has begun are cancelled.</summary>
public sealed class OnRequestWithdrawn(RefoldOrders refold) : Reaction<RequestWithdrawn>
{
    public const string ReactionName = "work-orders.request-withdrawn";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, RequestWithdrawn hubEvent)
    {
        if (TicketStore.Find(scope, hubEvent.Number) is not { Status: Ticket.Withdrawn }) return;
        foreach (var order in OrderStore.OfRequest(scope, hubEvent.Number).Where(o => o.State is OrderState.Unassigned or OrderState.Assigned))
        {
            OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Cancel, crew: null, OrderEvent.Hub);
            refold.Refold(scope, order.Id);
        }
    }
}
