using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>By rule, a request that was opened or came back gets an order.</summary>
public sealed class OnRequestOpened(CreateOrder create, HandOutWork work) : Reaction<RequestOpened>
{
    public const string ReactionName = "work-orders.request-opened";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, RequestOpened hubEvent)
    {
        if (!work.On || TicketStore.Find(scope, hubEvent.Number) is not { Status: Ticket.Open } ticket) return;
        if (OrderStore.OfRequest(scope, ticket.Number).TrueForAll(o => o.State is OrderState.Cancelled or OrderState.FieldComplete))
            create.CreateFor(scope, ticket, crew: null, HandOutWork.Who);
        work.Run(scope);
    }
}
