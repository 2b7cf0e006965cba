using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>Who answers for a request is asked as soon as somebody must do something about it.</summary>
public sealed class OnRequestOpened(Responsibilities responsibilities) : Reaction<RequestOpened>
{
    public const string ReactionName = "responsibility.request-opened";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, RequestOpened hubEvent)
    {
        if (TicketStore.Find(scope, hubEvent.Number) is { Status: Ticket.Open } ticket) responsibilities.Resolve(scope, ticket);
    }
}
