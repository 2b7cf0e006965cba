using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Marks records whose content the hub must not apply.</summary>
public sealed class CheckStep(IngestOptions options)
{
    [SuppressMessage("Design", "CA1031", Justification = "Nothing that a vehicle sends may stop the lane of all the others.")]
    public void Run(IngestBatch batch)
    {
        foreach (var incoming in batch.Records)
        {
            if (incoming.Record is not { } record) continue;
            try
            {
                Check(incoming, record);
            }
            catch (Exception e)
            {
                incoming.KeepAside(AsideReason.Malformed, $"{e.GetType().Name}: {e.Message}");
            }
        }
    }

    private void Check(Incoming incoming, WireRecord record)
    {
        // Privacy first: whatever else is wrong with it, a place without a shift is not kept for inspection.
        CheckDuty(incoming, record);
        if (record.Kind == RecordKind.Unknown) incoming.KeepAside(AsideReason.UnknownKind, "no content that this hub knows");
        CheckTimes(incoming, record);
        CheckPlaces(incoming, record);
        if (record.Shock is { } shock) CheckShock(incoming, shock);
    }

    // Chances are folded into beliefs: what is no chance would make a belief of no number.
    private static void CheckShock(Incoming incoming, ShockObservation shock)
    {
        const double Rounding = 0.01;
        if (shock.Chances is { } chances && (chances.Length != ShockObservation.ChanceCount || !Array.TrueForAll(chances, c => c is >= 0 and <= 1) || Math.Abs(chances.Sum() - 1) > Rounding))
            incoming.KeepAside(AsideReason.Malformed, $"a shock has {ShockObservation.ChanceCount} chances that add up to 1");
        if (shock.Severity is < 0 or > 1) incoming.KeepAside(AsideReason.Malformed, "a shock's severity is 0 to 1");
    }

    private static void CheckDuty(Incoming incoming, WireRecord record)
    {
        if (incoming.Vehicle.Kind == VehicleKind.SensorOnly)
        {
            if (record.Track is not null) incoming.KeepAside(AsideReason.SensorOnlyTrack, "a vehicle without a crew reports observations, not its drive");
            return;
        }

        if (record.Duty is { Shift.Length: > 0, Crew.Length: > 0 }) return;
        switch (record.Kind)
        {
            case RecordKind.Track or RecordKind.Lamp or RecordKind.Shock or RecordKind.Roughness:
            case RecordKind.Action when record.Action!.At is not null:
                incoming.KeepAside(AsideReason.PositionOffShift, $"{record.Kind} without a shift");
                break;
            case RecordKind.Action:
                incoming.KeepAside(AsideReason.NoDuty, "an action says its shift and crew");
                break;
            default:
                break;
        }
    }

    private void CheckTimes(Incoming incoming, WireRecord record)
    {
        // What people did counts whatever the clock said: TrueTime finds when. Only what is folded by its own time is held to it.
        if (record.Kind is not (RecordKind.Track or RecordKind.Lamp or RecordKind.Shock or RecordKind.Roughness)) return;
        var latest = incoming.ReceivedTime + options.FutureTolerance;
        if (record.Stamp.FixTime is null && record.Stamp.DeviceTime > latest)
            incoming.KeepAside(AsideReason.FutureDated, $"device time {record.Stamp.DeviceTime:O}");
        if (record.Stamp.FixTime > latest)
            incoming.KeepAside(AsideReason.FutureDated, $"fix time {record.Stamp.FixTime:O}");
        if (record.Track?.Start > latest)
            incoming.KeepAside(AsideReason.FutureDated, $"track from {record.Track.Start:O}");
    }

    private static void CheckPlaces(Incoming incoming, WireRecord record)
    {
        GeoPoint?[] places = [record.Lamp?.At, record.Shock?.At, record.Roughness?.From, record.Roughness?.To, record.Action?.At];
        foreach (var place in places)
        {
            if (place is { IsPlausible: false }) incoming.KeepAside(AsideReason.ZeroCoordinate, $"{place}");
        }

        if (record.Track is not { } track) return;
        if (HasZero(track)) incoming.KeepAside(AsideReason.ZeroCoordinate, "a fix of the track has no place");
        try
        {
            track.ToFixes();
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
        {
            incoming.KeepAside(AsideReason.Malformed, e.Message);
        }
    }

    private static bool HasZero(Track track)
    {
        long lat = 0, lon = 0;
        for (var i = 0; i < Math.Min(track.Lat.Length, track.Lon.Length); i++)
        {
            lat += track.Lat[i];
            lon += track.Lon[i];
            if (lat == 0 && lon == 0) return true;
        }

        return false;
    }
}
