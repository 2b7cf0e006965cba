using System.Text.Json;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>The numbers at the top of the page, taken at most once a second and sent when one of them changed.</summary>
public sealed class LiveCounts(
    LiveTables tables, VehicleRegistry registry, VehicleStatuses statuses, LivePositions positions, Database database, IngestStore ingest, TimeProvider time)
    : ILivePart
{
    private volatile Counts now = new(0, 0, 0, 0, 0, 0, 0, 0);
    private Counts sent = new(0, 0, 0, 0, 0, 0, 0, 0);

    public async Task RefreshAsync(CancellationToken cancel)
    {
        var at = time.GetUtcNow();
        var aside = await database.ReadAsync(c => AsideStore.Counters(ingest.Counts(c)).ByReason.Values.Sum(), cancel).ConfigureAwait(false);
        var vehicles = registry.All;
        now = new Counts(
            RequestsOpen: tables.Requests.CountOpen(_ => true),
            RequestsOverdue: tables.Requests.CountOpen(r => r.TargetAt < at),
            UnitsOnline: vehicles.Count(v => statuses.Find(v.Id).Online),
            UnitsTotal: vehicles.Count,
            CrewsOnSite: vehicles.Count(v => positions.Newest(v.Id)?.Position.Activity == VehicleActivity.OnSite),
            LightsOut: tables.Requests.CountOpen(r => r.Service == "street-light-out"),
            Potholes: tables.Requests.CountOpen(r => r.Service == "pothole"),
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
        int RequestsOpen, int RequestsOverdue, int UnitsOnline, int UnitsTotal, int CrewsOnSite, int LightsOut, int Potholes, long Aside);
}
