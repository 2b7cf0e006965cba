using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Sites;

/// <summary>Makes stored records as ingest hands them on.</summary>
internal sealed class Sample
{
    public const string Epoch = "00000000000000e1";
    public static readonly GeoPoint Origin = new(42.37, -71.10);
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, long> sequences = [];

    public StoredRecord Shock(string vehicle, double minute, GeoPoint at, double confidence = 0.8, ShockKind kind = ShockKind.Pothole, double peak = 8) =>
        Store(vehicle, minute, r => r with
        {
            Shock = new ShockObservation { At = at, Kind = kind, Confidence = confidence, PeakMps2 = peak, SpeedMps = 9 },
        });

    public StoredRecord Stretch(string vehicle, double minute, GeoPoint from, GeoPoint to, int shocks = 0) =>
        Store(vehicle, minute, r => r with
        {
            Roughness = new RoughnessObservation { From = from, To = to, LengthM = from.DistanceMTo(to), RmsMps2 = 0.8, SpeedMps = 9, Shocks = shocks },
        });

    public StoredRecord Lamp(string vehicle, double minute, string pole, GeoPoint at, LampVerdict verdict, double confidence = 0.8) =>
        Store(vehicle, minute, r => r with
        {
            Lamp = new LampObservation { Pole = pole, At = at, Verdict = verdict, Confidence = confidence, PeakLux = 4, Curve = [1, 2, 1] },
        });

    public StoredRecord Action(string vehicle, double minute, CrewAction action, string crew = "c1", string shift = "s1") =>
        Store(vehicle, minute, r => r with { Duty = new Duty(shift, crew, "m1"), Action = action });

    public StoredRecord Shift(string vehicle, double minute, string crew, ShiftState state, string shift = "s1") =>
        Store(vehicle, minute, r => r with { Duty = new Duty(shift, crew), Shift = new ShiftChange(shift, crew, state, ["m1"]) });

    public StoredRecord Store(string vehicle, double minute, Func<WireRecord, WireRecord> content)
    {
        var seq = sequences[vehicle] = sequences.GetValueOrDefault(vehicle) + 1;
        var at = Start.AddMinutes(minute);
        var record = new WireRecord
        {
            Seq = seq,
            Stamp = new Stamp { FixTime = at, DeviceTime = at.AddMilliseconds(120), Boot = "0000b007", MonotonicMs = seq * 1000 },
        };
        return new StoredRecord(vehicle, "cambridge-ma", Epoch, content(record), at.AddSeconds(1));
    }
}
