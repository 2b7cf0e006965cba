using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>Measures fleet, requests and hub, and each vehicle where the city wants that.</summary>
public sealed class Measure(
    TelemetryOptions options, VehicleRegistry registry, VehicleStatuses statuses, LivePositions positions, Database database, IngestStore ingest, TimeProvider time)
{
    public const string Fleet = "fleet", Requests = "requests", Hub = "hub", Vehicle = "vehicle";

    /// <summary>What is so now, without any vehicle's name.</summary>
    public async Task<IReadOnlyList<Point>> AllAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (requests, counts) = await database.ReadAsync(c => (TicketReading.LiveCounts(c, now), ingest.Counts(c)), cancel).ConfigureAwait(false);
        var states = registry.All.Select(v => statuses.Find(v.Id)).ToList();
        var held = states.Select(s => s.Status).OfType<VehicleStatus>().ToList();
        var oldest = held.Min(s => s.OldestUnsentAction);
        return
        [
            new Point(Fleet, now, [],
            [
                ("units", states.Count), ("units_online", states.Count(s => s.Online)), ("units_on_shift", held.Count(s => s.Shift is not (ShiftState.Unknown or ShiftState.Off))),
                ("unsent", held.Sum(s => (double)s.Unsent)), ("unsent_actions", held.Sum(s => (double)s.UnsentActions)),
                ("unsent_file_bytes", held.Sum(s => (double)s.UnsentFileBytes)), ("oldest_unsent_action_s", oldest is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0),
            ]),
            new Point(Requests, now, [], [("open", requests.Open), ("overdue", requests.Overdue), ("lights_out", requests.LightsOut), ("potholes", requests.Potholes)]),
            new Point(Hub, now, [],
            [
                ("readings", counts.GetValueOrDefault(IngestCounts.Readings)), ("observations", counts.GetValueOrDefault(IngestCounts.Observations)),
                ("records", counts.GetValueOrDefault(IngestCounts.Records)), ("duplicates", counts.GetValueOrDefault(IngestCounts.Duplicates)),
                ("kept_aside", AsideStore.Counters(counts).ByReason.Values.Sum()),
            ]),
        ];
    }

    /// <summary>Each vehicle that is online: where it is and what it holds. Nothing unless <see cref="TelemetryOptions.NamesVehicles"/>.</summary>
    public IReadOnlyList<Point> Vehicles()
    {
        if (!options.NamesVehicles) return [];
        var now = time.GetUtcNow();
        return [.. registry.All.Select(v => (v.Id, State: statuses.Find(v.Id))).Where(v => v.State.Online).Select(v => Of(v.Id, v.State, now))];
    }

    private Point Of(string vehicle, VehicleState state, DateTimeOffset now)
    {
        // A place is of the time at which it was measured, and an old one is no place.
        var position = positions.Newest(vehicle)?.Position is { } newest && now - newest.Stamp.DeviceTime < options.SampleEvery * 2 ? newest : null;
        return new Point(
            Vehicle, now, [("vehicle", vehicle)],
            [
                ("unsent", state.Status?.Unsent), ("unsent_actions", state.Status?.UnsentActions), ("unsent_file_bytes", state.Status?.UnsentFileBytes),
                ("lat", position?.At.Latitude), ("lon", position?.At.Longitude), ("speed_mps", position?.SpeedMps), ("hdop", position?.Hdop),
                ("lux", position?.Lux), ("shock_mps2", position?.ShockMps2), ("online", 1),
            ]);
    }
}
