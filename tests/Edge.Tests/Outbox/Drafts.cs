using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>Records to append.</summary>
internal static class Drafts
{
    private static readonly Stamp Stamp = new()
    {
        DeviceTime = new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero),
        Boot = "0a1b2c3d",
        MonotonicMs = 1,
    };

    public static WireRecord Action(string id) => new()
    {
        Seq = 0,
        Stamp = Stamp,
        Duty = new Duty("s1", "crew-1"),
        Action = new CrewAction { Id = id, Kind = CrewActionKind.Accept, Order = "o1" },
    };

    public static WireRecord Track(int n = 0) => new()
    {
        Seq = 0,
        Stamp = Stamp,
        Duty = new Duty("s1", "crew-1"),
        Track = Wire.Track.FromFixes([new TrackFix(Stamp.DeviceTime.AddSeconds(n), new GeoPoint(42.37, -71.11), 3, 90, 1)]),
    };

    public static WireRecord Health(int unsent = 0) => new() { Seq = 0, Stamp = Stamp, Health = new VehicleHealth { Unsent = unsent } };

    public static WireRecord Lamp(LampVerdict verdict) => new()
    {
        Seq = 0,
        Stamp = Stamp,
        Lamp = new LampObservation { Pole = "p1", At = new GeoPoint(42.37, -71.11), Verdict = verdict },
    };

    public static WireRecord Pothole() => new()
    {
        Seq = 0,
        Stamp = Stamp,
        Shock = new ShockObservation { At = new GeoPoint(42.37, -71.11), Kind = ShockKind.Pothole },
    };
}
