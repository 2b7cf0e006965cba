using System.Collections.Frozen;
using static ThreeOneOne.Field.Hub.Tickets.TicketMove;
using static ThreeOneOne.Field.Hub.Tickets.TicketStage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>The life of a request as a table: from which stage which move leads where. What is not here does not happen. Pure.</summary>
public static class TicketLife
{
    private static readonly FrozenDictionary<(string Stage, TicketMove Move), string> Next = new Dictionary<(string, TicketMove), string>
    {
        [(Review, Accept)] = Received, [(Review, Reject)] = Rejected, [(Review, Hold)] = Held,
        [(Review, Begin)] = InProgress, [(Review, Complete)] = FieldComplete, [(Review, Withdraw)] = Withdrawn,

        [(Held, Accept)] = Received, [(Held, Reject)] = Rejected, [(Held, Release)] = Review,
        [(Held, Begin)] = InProgress, [(Held, Complete)] = FieldComplete, [(Held, Withdraw)] = Withdrawn,

        [(Received, Receive)] = Received, [(Received, TicketMove.Triage)] = TicketStage.Triage, [(Received, Refer)] = Referred, [(Received, Assign)] = Assigned,
        [(Received, Begin)] = InProgress, [(Received, Wait)] = Waiting, [(Received, Fail)] = CouldNotComplete, [(Received, Complete)] = FieldComplete,
        [(Received, Resolve)] = Resolved, [(Received, Withdraw)] = Withdrawn,

        // Whose it is must be known before a crew is given it; what a crew did all the same counts.
        [(TicketStage.Triage, Receive)] = Received, [(TicketStage.Triage, TicketMove.Triage)] = TicketStage.Triage, [(TicketStage.Triage, Refer)] = Referred,
        [(TicketStage.Triage, Begin)] = InProgress, [(TicketStage.Triage, Fail)] = CouldNotComplete, [(TicketStage.Triage, Complete)] = FieldComplete,
        [(TicketStage.Triage, Resolve)] = Resolved, [(TicketStage.Triage, Withdraw)] = Withdrawn,

        [(Referred, Receive)] = Received, [(Referred, TicketMove.Triage)] = TicketStage.Triage, [(Referred, Refer)] = Referred,
        [(Referred, Begin)] = InProgress, [(Referred, Fail)] = CouldNotComplete, [(Referred, Complete)] = FieldComplete,
        [(Referred, Resolve)] = Resolved, [(Referred, Withdraw)] = Withdrawn,

        [(Assigned, Receive)] = Received, [(Assigned, TicketMove.Triage)] = TicketStage.Triage, [(Assigned, Refer)] = Referred, [(Assigned, Assign)] = Assigned,
        [(Assigned, Begin)] = InProgress, [(Assigned, Wait)] = Waiting, [(Assigned, Fail)] = CouldNotComplete, [(Assigned, Complete)] = FieldComplete,
        [(Assigned, Resolve)] = Resolved, [(Assigned, Withdraw)] = Withdrawn,

        [(InProgress, Receive)] = Received, [(InProgress, Assign)] = Assigned, [(InProgress, Begin)] = InProgress, [(InProgress, Wait)] = Waiting,
        [(InProgress, Fail)] = CouldNotComplete, [(InProgress, Complete)] = FieldComplete, [(InProgress, Resolve)] = Resolved, [(InProgress, Withdraw)] = Withdrawn,

        [(Waiting, Receive)] = Received, [(Waiting, TicketMove.Triage)] = TicketStage.Triage, [(Waiting, Refer)] = Referred, [(Waiting, Assign)] = Assigned,
        [(Waiting, Begin)] = InProgress, [(Waiting, Wait)] = Waiting, [(Waiting, Fail)] = CouldNotComplete, [(Waiting, Complete)] = FieldComplete,
        [(Waiting, Resolve)] = Resolved, [(Waiting, Withdraw)] = Withdrawn,

        [(CouldNotComplete, Receive)] = Received, [(CouldNotComplete, TicketMove.Triage)] = TicketStage.Triage, [(CouldNotComplete, Refer)] = Referred,
        [(CouldNotComplete, Assign)] = Assigned, [(CouldNotComplete, Begin)] = InProgress, [(CouldNotComplete, Wait)] = Waiting,
        [(CouldNotComplete, Fail)] = CouldNotComplete, [(CouldNotComplete, Complete)] = FieldComplete, [(CouldNotComplete, Resolve)] = Resolved,
        [(CouldNotComplete, Withdraw)] = Withdrawn,

        // Work that is undone, or goes on, opens it again.
        [(FieldComplete, Receive)] = Received, [(FieldComplete, Assign)] = Assigned, [(FieldComplete, Begin)] = InProgress, [(FieldComplete, Wait)] = Waiting,
        [(FieldComplete, Fail)] = CouldNotComplete, [(FieldComplete, Complete)] = FieldComplete, [(FieldComplete, Resolve)] = Resolved,
        [(FieldComplete, Reopen)] = Received, [(FieldComplete, Withdraw)] = Withdrawn,

        // A person's word stands against everything but work that was done, and another person's.
        [(Resolved, Complete)] = FieldComplete, [(Resolved, Reopen)] = Received,
        [(Rejected, Complete)] = FieldComplete, [(Rejected, Reopen)] = Review,

        [(Withdrawn, Reinstate)] = Received, [(Withdrawn, Receive)] = Received, [(Withdrawn, Assign)] = Assigned, [(Withdrawn, Begin)] = InProgress,
        [(Withdrawn, Wait)] = Waiting, [(Withdrawn, Fail)] = CouldNotComplete, [(Withdrawn, Complete)] = FieldComplete,
    }.ToFrozenDictionary();

    public static bool Allows(string stage, TicketMove move) => Next.ContainsKey((stage, move));

    /// <summary>The request after a move.</summary>
    /// <param name="ticket">As it is.</param>
    /// <param name="move">What happens.</param>
    /// <param name="code">What it waits for, or the resolution that ends it: a code of the catalogue.</param>
    /// <param name="closes">False when the resolution leaves something to do.</param>
    /// <exception cref="InvalidOperationException">The table has no such move: ask <see cref="Allows"/>.</exception>
    public static Ticket Apply(Ticket ticket, TicketMove move, string? code = null, bool closes = true)
    {
        if (!Next.TryGetValue((ticket.Stage, move), out var stage)) throw new InvalidOperationException($"{ticket.Number} is at {ticket.Stage}, from where there is no {move}");
        // One that nobody has vouched for comes back to where it was asked about.
        if (move == Reinstate && !ticket.Accepted) stage = Review;
        var status = stage switch
        {
            Withdrawn => Ticket.Withdrawn,
            Resolved or Rejected => Ticket.Closed,
            FieldComplete => closes ? Ticket.Closed : Ticket.Open,
            _ => Ticket.Open,
        };
        return ticket with
        {
            Stage = stage, Status = status, Accepted = ticket.Accepted || (!IsHidden(stage) && stage != Withdrawn),
            WaitReason = stage == Waiting ? code : null, ResolutionCode = stage is FieldComplete or Resolved or Rejected ? code : null,
        };
    }

    /// <summary>
    /// The request as its work orders make it: it closes when its last order is field complete, and opens again when one is
    /// undone. A withdrawn request stays so until a crew has begun.
    /// </summary>
    public static Ticket After(Ticket ticket, IReadOnlyList<LinkedOrder> orders)
    {
        var live = orders.Where(o => !o.IsCancelled).ToList();
        var newest = live.Count > 0 ? live[^1] : null;
        var next = ticket with { OrderNumber = newest?.Number, CrewName = newest?.CrewName };
        if (newest is null)
        {
            // Found and fixed by a crew, and then taken back: there was nothing.
            if (ticket.Source == "crew" && orders.Count > 0) return Try(next, Withdraw);
            return ticket.Status == Ticket.Withdrawn ? next : Try(next, Waits(ticket.Responsible));
        }

        if (live.TrueForAll(o => o.IsComplete)) return Try(next, Complete, newest.Resolution, newest.Closes);
        if (ticket.Status == Ticket.Withdrawn && !live.Exists(o => o.HasBegun)) return next;
        var unfinished = live.Where(o => !o.IsComplete).ToList();
        if (unfinished.TrueForAll(o => o.State == Waiting)) return Try(next, Wait, unfinished[0].Reason);
        if (unfinished.Exists(o => o.IsAtWork)) return Try(next, Begin);
        if (unfinished.Exists(o => o.State is "assigned" or "accepted")) return Try(next, Assign);
        if (!unfinished.Exists(o => o.State == CouldNotComplete)) return Try(next, Receive);
        return Try(next, Waits(ticket.Responsible) is var elsewhere && elsewhere != Receive ? elsewhere : Fail);
    }

    /// <summary>A report that repeats another request is where that is.</summary>
    public static Ticket Follow(Ticket child, Ticket parent) => child with
    {
        Status = parent.Status, Stage = parent.Stage, WaitReason = parent.WaitReason, ResolutionCode = parent.ResolutionCode,
        Accepted = child.Accepted || parent.Accepted,
    };

    private static TicketMove Waits(string? responsible) => responsible switch
    {
        "triage" => TicketMove.Triage,
        "referral" or "private" => Refer,
        _ => Receive,
    };

    private static Ticket Try(Ticket ticket, TicketMove move, string? code = null, bool closes = true) =>
        Allows(ticket.Stage, move) ? Apply(ticket, move, code, closes) : ticket;
}
