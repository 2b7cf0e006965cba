using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Brings a request in line with who answers for it. Called in the transaction of that decision.</summary>
public sealed class FollowResponsibility(ChangeTicket change)
{
    private const string OwnCrew = "own-crew";
    private const string DoneElsewhere = "referred";
    private const string OwnerTold = "private-property";

    /// <param name="scope">The transaction of the decision.</param>
    /// <param name="number">The request.</param>
    /// <param name="outcome"><c>own-crew</c>, <c>contractor</c>, <c>referral</c>, <c>private</c> or <c>triage</c>.</param>
    /// <param name="who">For the history; null when nothing changed that a reader should see.</param>
    /// <param name="what">For the history.</param>
    public void Apply(WriteScope scope, string number, string outcome, string? who, string what)
    {
        if (TicketStore.Find(scope, number) is not { } ticket) return;
        var next = ticket with { Responsible = outcome == OwnCrew ? "crew" : outcome };
        // A person may have found out after the request was ended; that alone does not open it again.
        if (ticket is { Status: Ticket.Open, Parent: null }) next = next.After(RequestFamily.Orders(scope, ticket));
        change.Save(scope, ticket, next, who ?? "hub", who is null ? null : what);
    }

    /// <summary>Somebody who is not the city did it, or was told of what is theirs to do.</summary>
    public void CloseElsewhere(WriteScope scope, string number, bool told, string who, string what)
    {
        if (TicketStore.Find(scope, number) is not { } ticket) return;
        var next = TicketLife.Allows(ticket.Stage, TicketMove.Resolve) ? TicketLife.Apply(ticket, TicketMove.Resolve, told ? OwnerTold : DoneElsewhere) : ticket;
        change.Save(scope, ticket, next, who, what);
    }

    /// <summary>A line of history.</summary>
    public void Note(WriteScope scope, string number, string who, string what)
    {
        if (TicketStore.Find(scope, number) is { } ticket) change.Save(scope, ticket, ticket, who, what);
    }
}
