using System.Text.Json;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <content>What the vehicle says of itself.</content>
public sealed partial class VehicleAgent
{
    private OfflineBudget Outlook() => OfflineOutlook.Of(Outbox.DiskDaysLeft, parts.CertificateEnds?.Invoke(), Clock.Now);

    private Dictionary<string, Func<SourceHealth>> SourceHealths()
    {
        Dictionary<string, Func<SourceHealth>> healths = [];
        if (parts.Fixes is { } position) healths["position"] = () => position.Health;
        if (parts.Motion is { } motion) healths["motion"] = () => Judged(motion.Health);
        if (parts.Light is { } light) healths["light"] = () => light.Health;
        if (parts.Equipment is { } equipment) healths["equipment"] = () => equipment.Health;
        if (parts.Ignition is { } ignition) healths["ignition"] = () => ignition.Health;
        if (parts.Button is { } pressed) healths["button"] = () => pressed.Health;
        if (options.Button.Lamp.Length > 0) healths["lamp"] = () => lamp.Health;
        return healths;
    }

    // One that gives readings which cannot be believed has failed as one that gives none.
    private SourceHealth Judged(SourceHealth motion) =>
        motion.State == SourceState.Ok && sensing.Road.Fault is { } fault ? motion with { State = SourceState.Stale, Detail = fault } : motion;

    private (string?, long?, Dictionary<string, long>?) RoadToSay()
    {
        var (assessed, not) = (sensing.RoadAssessed, sensing.RoadNotAssessed.ToDictionary(r => JsonNamingPolicy.CamelCase.ConvertName(r.Key.ToString()), r => r.Value));
        roadHours.Note(Clock.Now, assessed, not);
        return (sensing.Road.ToString(), assessed, not);
    }

    private ReceiverLag? ReceiverLagToSay() => sensing.ReceiverLag is not { } lag ? null : new ReceiverLag
    {
        LagMs = Ms(lag.Seconds),
        SigmaMs = Ms(lag.SigmaSeconds),
        OfSpeedMs = lag.OfSpeedSeconds is { } ofSpeed ? Ms(ofSpeed) : null,
        Brakings = lag.Brakings,
        Pairs = lag.Pairs,
    };

    private static int Ms(double seconds) => (int)Math.Round(1000 * seconds);

    private NotAssessed? RoadAt(GeoPoint at)
    {
        foreach (var (hazard, _) in hazards.Standing)
        {
            if (hazard.Kind is not (HazardKind.WorkZone or HazardKind.SteelPlates or HazardKind.Ice) || hazard.At.DistanceMTo(at) > options.Sensing.HazardM) continue;
            return hazard.Kind == HazardKind.Ice ? NotAssessed.Winter : NotAssessed.WorkZone;
        }

        return null;
    }

    // A vehicle without a crew is on a street segment, never at a place.
    private GeoPoint? PlaceToSay(Fix fix) =>
        Gate.Kind == VehicleKind.Crewed ? fix.At : parts.City.Streets?.Nearest(fix.At, fix.CourseDeg)?.At;

    private LiveDetail DetailToSay(Fix fix) => new(
        arrival.ActivityAt(fix),
        Orders.Active?.Copy.Id,
        sensing.LatestLux is { } lux ? Math.Round(lux, 1) : null,
        sensing.LatestShockMps2 is { } shock ? Math.Round(shock, 1) : null);

    private DateTimeOffset? CutSince() => Interlocked.Read(ref cutSinceMs) is var ms and not 0 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
