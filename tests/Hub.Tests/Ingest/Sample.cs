using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>Messages as a vehicle makes them.</summary>
internal static class Sample
{
    public const string Vehicle = "unit-214";
    public const string Epoch = "00112233445566ff";

    public static readonly GeoPoint Place = new(42.3736, -71.1097);
    public static readonly Duty Duty = new("shift-1", "crew-1", "m7");

    /// <summary>A while ago, so that nothing is from the future.</summary>
    public static readonly DateTimeOffset Time = TimeProvider.System.GetUtcNow().AddHours(-1);

    public static string UpTopic => new Topic("cambridge-ma", Vehicle, Lane.Up).ToString();

    public static string LiveTopic => new Topic("cambridge-ma", Vehicle, Lane.Live).ToString();

    public static string StatusTopic => new Topic("cambridge-ma", Vehicle, Lane.Status).ToString();

    public static Stamp Stamp(long monotonicMs = 1000, DateTimeOffset? time = null) =>
        new() { FixTime = time ?? Time, DeviceTime = time ?? Time, Boot = "0a1b2c3d", MonotonicMs = monotonicMs, Clock = ClockSource.Gps };

    public static WireRecord Lamp(long seq, double peakLux = 12) => new()
    {
        Seq = seq,
        Stamp = Stamp(),
        Duty = Duty,
        Lamp = new LampObservation { Pole = "P-1", At = Place, Verdict = LampVerdict.Lit, PeakLux = peakLux, Confidence = 0.9 },
    };

    public static WireRecord Health(long seq) => new() { Seq = seq, Stamp = Stamp(), Health = new VehicleHealth { Unsent = 3 } };

    public static WireRecord Track(long seq, int fixes = 60) => new()
    {
        Seq = seq,
        Stamp = Stamp(),
        Duty = Duty,
        Track = Wire.Track.FromFixes([.. Enumerable.Range(0, fixes).Select(i => new TrackFix(Time.AddSeconds(i), Place.MovedByM(i * 10, 0).Rounded(), 10, 90, 0.9))]),
    };

    public static LivePosition Live(long monotonicMs, GeoPoint? at = null) => new()
    {
        Stamp = Stamp(monotonicMs),
        At = at ?? Place,
        SpeedMps = 8,
        CourseDeg = 90,
        Activity = VehicleActivity.EnRoute,
        Crew = Duty.Crew,
        Shift = Duty.Shift,
    };

    public static byte[] Batch(params WireRecord[] records) => Batch(Vehicle, Epoch, records.Select(Json));

    public static byte[] Batch(string vehicle, string epoch, IEnumerable<byte[]> records) =>
        WireCodec.Encode(UpBatchWriter.Write(new UpBatch(WireCodec.Version, vehicle, epoch, [.. records.Select(r => (ReadOnlyMemory<byte>)r)])));

    public static byte[] Json(WireRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Default.WireRecord);

    public static byte[] Encode(LivePosition position) => WireCodec.Encode(position, WireJson.Default.LivePosition);

    public static byte[] Encode(VehicleStatus status) => WireCodec.Encode(status, WireJson.Default.VehicleStatus);
}
