using System.Text.Json;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Rehearsal;

/// <summary>
/// One set of rules over what was received, in memory, by the very code that the hub serves with: the projection that folds
/// sites and the reaction that opens, joins and withdraws requests.
/// </summary>
public sealed class Replay(MemoryStore store, ReplayClock clock, IProjection sites, MarkSites marks, FollowSites follow, SitesOptions options) : IAsyncDisposable
{
    /// <summary>Takes the next records, in the order in which they were received.</summary>
    public void Apply(IReadOnlyList<StoredRecord> records)
    {
        clock.MoveTo(records[^1].ReceivedTime);
        store.Write(scope =>
        {
            sites.Apply(scope, records);
            return Follow(scope);
        });
    }

    /// <summary>Takes what a crew found. What it repaired closes, as it did.</summary>
    /// <param name="order">The work order.</param>
    /// <param name="found">Its marks.</param>
    public void Apply(string order, IReadOnlyList<SiteMark> found)
    {
        clock.MoveTo(DateTimeOffset.FromUnixTimeMilliseconds(found[0].DeviceMs));
        store.Write(scope =>
        {
            marks.Set(scope, order, found);
            foreach (var mark in found.Where(m => m.Repaired)) Close(scope, mark);
            return Follow(scope);
        });
    }

    /// <summary>What came of it: every request that was opened and is no other's double, in order of opening.</summary>
    public IReadOnlyList<RehearsedRequest> Requests() => store.Write(scope =>
        TicketReading.LiveSummaries(scope.Connection, DateTimeOffset.UnixEpoch, int.MaxValue)
            .Where(r => TicketStore.Sites(scope.Connection, scope.Transaction, r.Number).Count > 0)
            .OrderBy(r => r.Number, StringComparer.Ordinal)
            .Select(r => new RehearsedRequest(
                r.Number, r.Service, r.Status, r.Pole, r.Site, Place(scope, r), r.Address, r.OpenedAt, r.EvidenceFor, r.EvidenceAgainst))
            .ToList());

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private bool Follow(WriteScope scope)
    {
        foreach (var changed in scope.Raised.OfType<SiteChanged>().ToList()) follow.React(scope, JsonSerializer.Serialize(changed));
        return true;
    }

    private void Close(WriteScope scope, SiteMark mark)
    {
        var service = mark.Kind == SiteKind.Lamp ? ServiceCode.StreetLight : ServiceCode.Pothole;
        foreach (var ticket in TicketStore.Near(scope, service, mark.At, options.MarkM).Where(t => t.Status == Ticket.Open && t.Pole == mark.Pole))
            TicketStore.Save(scope, ticket with { Status = Ticket.Closed, Stage = TicketStage.FieldComplete, UpdatedAt = scope.Now });
    }

    // Where the defect is now, not where it was first felt.
    private static Wire.GeoPoint Place(WriteScope scope, RequestSummary request) =>
        request.Site is { } id && SiteStore.Find(scope.Connection, id, scope.Transaction) is { } site ? site.At : new Wire.GeoPoint(request.Lat, request.Lon);
}
