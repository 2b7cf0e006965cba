using System.Text.Json;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>All units and where they are. A unit's index is stable for the boot of the hub.</summary>
public sealed class LiveUnits(VehicleRegistry registry, VehicleStatuses statuses, LivePositions positions) : ILivePart
{
    private readonly Lock units = new();
    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> moved = new(StringComparer.Ordinal);

    /// <summary>A unit moved.</summary>
    public void Move(LivePositionReceived received, LivePositionReceived? before)
    {
        var (now, then) = (received.Position, before?.Position);
        lock (units)
        {
            moved.Add(received.Vehicle.Id);
            if (then is null || then.Order != now.Order || then.Crew != now.Crew || then.Shift != now.Shift) changed.Add(received.Vehicle.Id);
        }
    }

    /// <summary>A unit was registered or reported a status.</summary>
    public void Touch(string vehicle)
    {
        lock (units) changed.Add(vehicle);
    }

    public void WriteSnapshot(Utf8JsonWriter json, DateTimeOffset at)
    {
        lock (units)
        {
            var all = registry.All.OrderBy(v => v.Id, StringComparer.Ordinal).ToList();
            json.WriteStartArray("units"u8);
            foreach (var vehicle in all) WriteUnit(json, vehicle);
            json.WriteEndArray();
            WritePositions(json, at, all.Select(v => v.Id));
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
                    if (registry.Find(id) is { } vehicle) WriteUnit(json, vehicle);
                }

                json.WriteEndArray();
                changed.Clear();
            }

            if (moved.Count == 0) return;
            WritePositions(json, at, moved);
            moved.Clear();
        }
    }

    private int IndexOf(string vehicle)
    {
        if (!indexes.TryGetValue(vehicle, out var index)) indexes.Add(vehicle, index = indexes.Count);
        return index;
    }

    private void WriteUnit(Utf8JsonWriter json, Vehicle vehicle)
    {
        var state = statuses.Find(vehicle.Id);
        var position = positions.Newest(vehicle.Id)?.Position;
        var shift = state.Status?.Shift is { } s and not ShiftState.Unknown ? s : position?.Shift is null ? ShiftState.Off : ShiftState.On;
        json.WriteStartObject();
        json.WriteNumber("n"u8, IndexOf(vehicle.Id));
        json.WriteString("id"u8, vehicle.Id);
        json.WriteString("name"u8, vehicle.Name);
        json.WriteString("kind"u8, vehicle.Kind == VehicleKind.SensorOnly ? "sensor-only"u8 : "crewed"u8);
        json.WriteBoolean("online"u8, state.Online);
        json.WritePropertyName("shift"u8);
        JsonSerializer.Serialize(json, shift, HubJson.Options);
        json.WriteString("crew"u8, position?.Crew ?? state.Status?.Crew);
        json.WriteString("order"u8, position?.Order);
        json.WriteNumber("unsent"u8, state.Status?.Unsent ?? 0);
        json.WriteNumber("lastSeenMs"u8, state.LastSeen?.ToUnixTimeMilliseconds() ?? 0);
        json.WriteEndObject();
    }

    private void WritePositions(Utf8JsonWriter json, DateTimeOffset at, IEnumerable<string> vehicles)
    {
        json.WriteStartArray("p"u8);
        foreach (var vehicle in vehicles)
        {
            if (positions.Newest(vehicle)?.Position is not { } position) continue;
            json.WriteNumberValue(IndexOf(vehicle));
            json.WriteNumberValue((int)Math.Round(position.At.Latitude * 1e6));
            json.WriteNumberValue((int)Math.Round(position.At.Longitude * 1e6));
            json.WriteNumberValue(position.CourseDeg is { } course && double.IsFinite(course) ? (int)Math.Round(course) : -1);
            json.WriteNumberValue(double.IsFinite(position.SpeedMps) ? (int)Math.Clamp(Math.Round(position.SpeedMps * 100), 0, 100_000) : 0);
            json.WriteNumberValue((int)position.Activity);
            json.WriteNumberValue((long)(at - position.Stamp.DeviceTime).TotalMilliseconds);
            json.WriteNumberValue(position.Stamp.Replay ? 1 : 0);
        }

        json.WriteEndArray();
    }
}
