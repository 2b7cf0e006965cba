using System.Text.Json;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>The numbers at the top of the page, taken at most once a second and sent when one of them changed.</summary>
public sealed class LiveCounts(
    VehicleRegistry registry, VehicleStatuses statuses, LivePositions positions, Database database, IngestStore ingest, TimeProvider time)
    : ILivePart
{
    private volatile Counts now = new(0, 0, 0, 0, 0, 0, 0, 0);
    private Counts sent = new(0, 0, 0, 0, 0, 0, 0, 0);

    public async Task RefreshAsync(CancellationToken cancel)
    {
        var at = time.GetUtcNow();
        var (requests, aside) = await database.ReadAsync(
            c => (TicketReading.LiveCounts(c, at), AsideStore.Counters(ingest.Counts(c)).ByReason.Values.Sum()), cancel).ConfigureAwait(false);
        var vehicles = registry.All;
        now = new Counts(
            RequestsOpen: requests.Open,
            RequestsOverdue: requests.Overdue,
            UnitsOnline: vehicles.Count(v => statuses.Find(v.Id).Online),
            UnitsTotal: vehicles.Count,
            CrewsOnSite: vehicles.Count(v => positions.Newest(v.Id)?.Position.Activity == VehicleActivity.OnSite),
            LightsOut: requests.LightsOut,
            Potholes: requests.Potholes,
            Aside: aside);
    }

    public void WriteSnapshot(Utf8JsonWriter json, DateTimeOffset at) => Write(json, now);

    public void WriteChanges(Utf8JsonWriter json, DateTimeOffset at)
    {
        var current = now;
        if (current == sent) return;
        sent = current;
        Write(json, current);
    }

    private static void Write(Utf8JsonWriter json, Counts counts)
    {
        json.WritePropertyName("counts"u8);
        JsonSerializer.Serialize(json, counts, HubJson.Options);
    }

    private sealed record Counts(
        long RequestsOpen, long RequestsOverdue, int UnitsOnline, int UnitsTotal, int CrewsOnSite, long LightsOut, long Potholes, long Aside);
}
