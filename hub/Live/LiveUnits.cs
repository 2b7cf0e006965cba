using System.Text.Json;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>All units and where they are. A unit's index is stable for the boot of the hub.</summary>
public sealed class LiveUnits(VehicleRegistry registry, VehicleStatuses statuses, LiveOptions options) : ILivePart
{
    private readonly Lock units = new();
    private readonly Dictionary<string, UnitMarker> markers = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> moved = new(StringComparer.Ordinal);
    private long late;

    /// <summary>Positions that came behind a newer one and were not shown.</summary>
    public long Late => Interlocked.Read(ref late);

    public int Total => registry.All.Count;

    public int Online => registry.All.Count(v => statuses.Find(v.Id).Online);

    public int OnSite
    {
        get
        {
            lock (units) return markers.Values.Count(m => m.Shown?.Activity == VehicleActivity.OnSite);
        }
    }

    /// <summary>Takes a position from the live lane.</summary>
    public void Take(LivePositionReceived received)
    {
        var (vehicle, position) = (received.Vehicle.Id, received.Position);
        lock (units)
        {
            var marker = MarkerOf(vehicle);
            var before = marker.Shown;
            if (!marker.TryShow(position, received.ReceivedTime, options.MarkerStale))
            {
                Interlocked.Increment(ref late);
                return;
            }

            moved.Add(vehicle);
            if (before is null || before.Order != position.Order || before.Crew != position.Crew || before.Shift != position.Shift) changed.Add(vehicle);
        }
    }

    /// <summary>A unit was registered or reported a status.</summary>
    public void Touch(string vehicle)
    {
        lock (units)
        {
            // Off shift the marker goes: a position is shown within a shift only.
            if (statuses.Find(vehicle).Status?.Shift == ShiftState.Off && registry.Find(vehicle)?.Kind == VehicleKind.Crewed)
            {
                MarkerOf(vehicle).Hide();
                moved.Remove(vehicle);
            }

            changed.Add(vehicle);
        }
    }

    public void WriteSnapshot(Utf8JsonWriter json, DateTimeOffset at)
    {
        lock (units)
        {
            json.WriteStartArray("units"u8);
            foreach (var vehicle in registry.All.OrderBy(v => v.Id, StringComparer.Ordinal)) WriteUnit(json, vehicle, MarkerOf(vehicle.Id));
            json.WriteEndArray();
            WritePositions(json, at, markers.Values);
        }
    }

    public void WriteChanges(Utf8JsonWriter json, DateTimeOffset at)
    {
        lock (units)
        {
            if (changed.Count > 0)
            {
                json.WriteStartArray("units"u8);
                foreach (var id in changed)
                {
                    if (registry.Find(id) is { } vehicle) WriteUnit(json, vehicle, MarkerOf(id));
                }

                json.WriteEndArray();
                changed.Clear();
            }

            if (moved.Count == 0) return;
            WritePositions(json, at, moved.Select(MarkerOf));
            moved.Clear();
        }
    }

    private UnitMarker MarkerOf(string vehicle)
    {
        if (!markers.TryGetValue(vehicle, out var marker)) markers.Add(vehicle, marker = new UnitMarker(markers.Count));
        return marker;
    }

    private void WriteUnit(Utf8JsonWriter json, Vehicle vehicle, UnitMarker marker)
    {
        var state = statuses.Find(vehicle.Id);
        var shift = state.Status?.Shift is { } s and not ShiftState.Unknown ? s : marker.Shown?.Shift is null ? ShiftState.Off : ShiftState.On;
        json.WriteStartObject();
        json.WriteNumber("n"u8, marker.Index);
        json.WriteString("id"u8, vehicle.Id);
        json.WriteString("name"u8, vehicle.Name);
        json.WriteString("kind"u8, vehicle.Kind == VehicleKind.SensorOnly ? "sensor-only"u8 : "crewed"u8);
        json.WriteBoolean("online"u8, state.Online);
        json.WritePropertyName("shift"u8);
        JsonSerializer.Serialize(json, shift, HubJson.Options);
        json.WriteString("crew"u8, marker.Shown?.Crew ?? state.Status?.Crew);
        json.WriteString("order"u8, marker.Shown?.Order);
        json.WriteNumber("unsent"u8, state.Status?.Unsent ?? 0);
        json.WriteNumber("lastSeenMs"u8, state.LastSeen?.ToUnixTimeMilliseconds() ?? 0);
        json.WriteEndObject();
    }

    private static void WritePositions(Utf8JsonWriter json, DateTimeOffset at, IEnumerable<UnitMarker> shown)
    {
        json.WriteStartArray("p"u8);
        foreach (var marker in shown)
        {
            if (marker.Shown is not { } position) continue;
            json.WriteNumberValue(marker.Index);
            json.WriteNumberValue((int)Math.Round(position.At.Latitude * 1e6));
            json.WriteNumberValue((int)Math.Round(position.At.Longitude * 1e6));
            json.WriteNumberValue(position.CourseDeg is { } course && double.IsFinite(course) ? (int)Math.Round(course) : -1);
            json.WriteNumberValue((int)Math.Clamp(Math.Round(position.SpeedMps * 100), 0, 100_000));
            json.WriteNumberValue((int)position.Activity);
            json.WriteNumberValue((long)(at - position.Stamp.DeviceTime).TotalMilliseconds);
            json.WriteNumberValue(position.Stamp.Replay ? 1 : 0);
        }

        json.WriteEndArray();
    }
}
