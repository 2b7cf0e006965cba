using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Orders that nobody has begun are cancelled when their request was ended by a person, or repeats another one.</summary>
public sealed class OnRequestEnded(RefoldOrders refold) : Reaction<RequestEnded>
{
    public const string ReactionName = "work-orders.request-ended";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, RequestEnded hubEvent)
    {
        if (TicketStore.Find(scope, hubEvent.Number) is not { } ticket || (ticket.Status == Ticket.Open && ticket.Parent is null)) return;
        foreach (var order in OrderStore.OfRequest(scope, hubEvent.Number).Where(o => o.State is OrderState.Unassigned or OrderState.Assigned))
        {
            OrderEventStore.AddByOffice(scope, order.Id, OrderEventKind.Cancel, crew: null, OrderEvent.Hub);
            refold.Refold(scope, order.Id);
        }
    }
}
