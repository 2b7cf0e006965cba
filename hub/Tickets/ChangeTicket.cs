using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Saves a change of a request with all that goes with it: its clock, its history, what residents read of it, the reports that
/// follow it, and the events. Called in the transaction of whatever changed it.
/// </summary>
public sealed class ChangeTicket(ServiceCatalogue catalogue, HubOptions hub, NoteReport report)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    private const string Hub = "hub";

    /// <param name="scope">The transaction.</param>
    /// <param name="before">The request as it is stored.</param>
    /// <param name="after">As it should be.</param>
    /// <param name="who">For the history.</param>
    /// <param name="what">For the history; null when only a figure changed.</param>
    /// <returns>The request as it is stored now.</returns>
    public Ticket Save(WriteScope scope, Ticket before, Ticket after, string who, string? what)
    {
        var next = Settle(before, after, scope.Now);
        if (next == before)
        {
            if (what is not null) TicketStore.AddHistory(scope, before, who, what);
            return before;
        }

        var isSeen = IsSeen(before, next);
        next = EvidenceBefore.Keep(before, next, EvidenceBefore.DayOf(scope.Now, zone));
        next = TicketStore.Save(scope, next with { UpdatedAt = scope.Now, SeenChangeAt = isSeen ? scope.Now : before.SeenChangeAt ?? before.UpdatedAt });
        report.Follow(scope, next);
        var wording = Wording(before, next);
        if (what is not null || wording is not null)
        {
            var isPublic = wording is not null && next.IsPublic;
            var n = TicketStore.AddHistory(scope, next, who, what ?? $"Now {next.Stage}", HistoryEntry.Change, isPublic, wording);
            if (isPublic) scope.Raise(new RequestUpdated(next.Number, HistoryEntry.UpdateId(next.Number, n)));
        }

        if (next.Status != Ticket.Open && before.Status == Ticket.Open) TargetAlertStore.Clear(scope, next.Number);
        scope.Raise(new RequestChanged(next.ToSummary()));
        if (next.IsPublic && isSeen)
            scope.Raise(new PublicRequestChanged(next.Number));
        if (next.Reports > 0)
        {
            foreach (var child in LinkStore.Children(scope, next.Number)) Save(scope, child, TicketLife.Follow(child, next), Hub, what: null);
        }

        return next;
    }

    /// <summary>Whether anything differs that a request shows outside.</summary>
    private static bool IsSeen(Ticket before, Ticket after) =>
        (before.Service, before.Title, before.Status, before.Stage, before.ResolutionCode, before.WaitReason, before.Description) !=
        (after.Service, after.Title, after.Status, after.Stage, after.ResolutionCode, after.WaitReason, after.Description)
        || (before.Department, before.Address, before.At, before.TargetAt, before.Parent, before.ClosedAt, before.IsPublic) !=
        (after.Department, after.Address, after.At, after.TargetAt, after.Parent, after.ClosedAt, after.IsPublic);

    private Ticket Settle(Ticket before, Ticket after, DateTimeOffset now)
    {
        if (after == before) return before;
        var service = catalogue.Find(after.Service);
        var next = after with
        {
            ClosedAt = after.Status == Ticket.Open ? null : after.ClosedAt ?? now,
            PublicAt = after.PublicAt ?? (after.Accepted && service is { Public: true } ? now : null),
        };
        return TicketClock.Follow(before, next, service, now);
    }

    /// <summary>What residents read of a change; null when it is not one to them.</summary>
    private string? Wording(Ticket before, Ticket after)
    {
        if ((before.Status, before.Stage, before.ResolutionCode, before.WaitReason) == (after.Status, after.Stage, after.ResolutionCode, after.WaitReason)) return null;
        if (catalogue.Resolution(after.ResolutionCode) is { } resolution) return resolution.Wording;
        if (after.Stage == TicketStage.Waiting && catalogue.PauseReason(after.WaitReason) is { } reason) return reason.Wording;
        return before.Status != Ticket.Open && after.Status == Ticket.Open ? catalogue.StageWording("reopened") : catalogue.StageWording(after.Stage);
    }
}
