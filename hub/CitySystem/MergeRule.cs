using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// What becomes of a change at the city. The later change of the status counts, but the city closing a request never calls off a
/// crew that has begun. Pure.
/// </summary>
public static class MergeRule
{
    /// <param name="link">What the city last said.</param>
    /// <param name="row">What it says now.</param>
    /// <param name="ticket">Ours.</param>
    /// <param name="hasBegun">A crew has taken it on and is not done.</param>
    /// <param name="now">For a row without a time.</param>
    public static MergeDecision Decide(CityLink link, CityRow row, Ticket ticket, bool hasBegun, DateTimeOffset now)
    {
        var wasOpen = link.RemoteStatus != Ticket.Closed;
        var notes = row.StatusNotes is { } text && text != link.RemoteNotes ? text : null;
        var isOurs = ticket.Status == Ticket.Open;
        if (wasOpen == row.IsOpen) return new MergeDecision(MergeAct.Nothing, TellStage: false, notes is null ? null : $"Noted: {notes}");
        var why = notes is null ? "" : $": {notes}";
        if (!row.IsOpen)
        {
            if (!isOurs) return new MergeDecision(MergeAct.Nothing, TellStage: false, $"Closed there, too{why}");
            return hasBegun
                ? new MergeDecision(MergeAct.Nothing, TellStage: true, $"Closed there while a crew is at it: stays open here until the crew is done{why}")
                : new MergeDecision(MergeAct.Close, TellStage: false, $"Closed there{why}");
        }

        if (isOurs) return new MergeDecision(MergeAct.Nothing, TellStage: false, $"Open there, too{why}");
        return (row.UpdatedAt ?? now) > (ticket.ClosedAt ?? ticket.UpdatedAt)
            ? new MergeDecision(MergeAct.Reopen, TellStage: false, $"Opened again there{why}")
            : new MergeDecision(MergeAct.Nothing, TellStage: true, $"Opened again there before it was closed here: stays closed{why}");
    }
}
