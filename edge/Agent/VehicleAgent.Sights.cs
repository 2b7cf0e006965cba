using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
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
        if (parts.Motion is { } motion) healths["motion"] = () => motion.Health;
        if (parts.Light is { } light) healths["light"] = () => light.Health;
        if (parts.Ignition is { } ignition) healths["ignition"] = () => ignition.Health;
        if (parts.Button is { } pressed) healths["button"] = () => pressed.Health;
        if (options.Button.Lamp.Length > 0) healths["lamp"] = () => lamp.Health;
        return healths;
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
