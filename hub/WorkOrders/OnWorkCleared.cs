using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>By rule, a request that crews may be sent to gets an order.</summary>
public sealed class OnWorkCleared(CreateOrder create, HandOutWork work) : Reaction<WorkCleared>
{
    public const string ReactionName = "work-orders.work-cleared";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, WorkCleared hubEvent)
    {
        if (!work.On || TicketStore.Find(scope, hubEvent.Number) is not { Status: Ticket.Open } ticket) return;
        // It may be somebody else's by now.
        if (ResponsibilityStore.Find(scope, hubEvent.Number) is not { } decision || !Outcome.IsWork(decision.Outcome)) return;
        if (OrderStore.OfRequest(scope, ticket.Number).TrueForAll(o => OrderState.Ended.Contains(o.State)))
            create.CreateFor(scope, ticket, crew: null, HandOutWork.Who, hubEvent.Contractor ? hubEvent.Party : null);
        work.Run(scope);
    }
}
