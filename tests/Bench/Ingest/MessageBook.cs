using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>
/// What one vehicle will send in a run, encoded ahead by the agent's own code as PUBLISH packets: a fix every second, in
/// minute blocks or alone, and among them what a vehicle senses. Each message holds one record.
/// </summary>
internal sealed class MessageBook
{
    private static readonly GeoPoint City = new(42.3736, -71.1097);
    private static readonly Duty Duty = new("shift-bench", "crew-bench", "m7");

    private readonly byte[][] packets;
    private readonly Kind[] kinds;

    private MessageBook(string vehicle, string epoch, DateTimeOffset start, int fixesEach, byte[][] packets, Kind[] kinds) =>
        (Vehicle, Epoch, Start, FixesEach, this.packets, this.kinds) = (vehicle, epoch, start, fixesEach, packets, kinds);

    public enum Kind
    {
        Track,
        Lamp,
        Shock,
        Roughness,
    }

    public string Vehicle { get; }

    public string Epoch { get; }

    /// <summary>Time of the first fix.</summary>
    public DateTimeOffset Start { get; }

    public int FixesEach { get; }

    public int Count => packets.Length;

    public byte[] Packet(int index) => packets[index];

    public Kind KindOf(int index) => kinds[index];

    /// <summary>Content hash of a message's record, made again.</summary>
    public string HashOf(int index) => WireCodec.ContentHash(JsonSerializer.SerializeToUtf8Bytes(Record(Vehicle, index, FixesEach, kinds[index], Start), WireJson.Default.WireRecord));

    /// <summary>Fixes and observations in a message.</summary>
    public int Readings(int index) => kinds[index] == Kind.Track ? FixesEach : 1;

    /// <summary>Where the vehicle was at a fix of a message.</summary>
    public (DateTimeOffset Time, GeoPoint At) FixOf(int index, int fix)
    {
        var second = index * FixesEach + fix;
        return (Start.AddSeconds(second), PlaceAt(Vehicle, second));
    }

    /// <param name="vehicle">Vehicle id.</param>
    /// <param name="jurisdiction">In its topics.</param>
    /// <param name="messages">How many.</param>
    /// <param name="fixesEach">Fixes in a track.</param>
    /// <param name="observedPercent">Messages of a hundred that carry an observation instead.</param>
    /// <param name="end">The last fix lies before it.</param>
    /// <param name="random">Seeded.</param>
    public static MessageBook Encode(string vehicle, string jurisdiction, int messages, int fixesEach, int observedPercent, DateTimeOffset end, Random random)
    {
        var epoch = Convert.ToHexStringLower(BitConverter.GetBytes(random.NextInt64()));
        var topic = Encoding.UTF8.GetBytes(new Topic(jurisdiction, vehicle, Lane.Up).ToString());
        var start = DateTimeOffset.FromUnixTimeSeconds(end.AddSeconds(-(long)messages * fixesEach).ToUnixTimeSeconds());
        var (packets, kinds) = (new byte[messages][], new Kind[messages]);
        for (var i = 0; i < messages; i++)
        {
            kinds[i] = random.Next(100) >= observedPercent ? Kind.Track : (Kind)random.Next(1, 4);
            var record = Record(vehicle, i, fixesEach, kinds[i], start);
            var json = JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Default.WireRecord);
            var payload = WireCodec.Encode(UpBatchWriter.Write(new UpBatch(WireCodec.Version, vehicle, epoch, [json])));
            packets[i] = Mqtt.PublishQos1(topic, (ushort)(i % 60_000 + 1), payload);
        }

        return new MessageBook(vehicle, epoch, start, fixesEach, packets, kinds);
    }

    private static WireRecord Record(string vehicle, int index, int fixesEach, Kind kind, DateTimeOffset start)
    {
        var first = index * fixesEach;
        var at = PlaceAt(vehicle, first);
        var time = start.AddSeconds(first);
        var record = new WireRecord
        {
            Seq = index + 1,
            Duty = Duty,
            Stamp = new Stamp { FixTime = time, DeviceTime = time.AddMilliseconds(120), Boot = "0a1b2c3d", MonotonicMs = 60_000 + first * 1000L, Clock = ClockSource.Gps, UncertaintyMs = 50 },
        };
        return kind switch
        {
            Kind.Lamp => record with { Lamp = new LampObservation { Pole = $"P-{index % 500}", At = at, Verdict = LampVerdict.Lit, PeakLux = 11.5, Confidence = 0.9 } },
            Kind.Shock => record with { Shock = new ShockObservation { At = at, Kind = ShockKind.Casting, PeakMps2 = 4.2, DurationMs = 90, SpeedMps = 9, CourseDeg = 90, Confidence = 0.7 } },
            Kind.Roughness => record with { Roughness = new RoughnessObservation { From = at, To = at.MovedByM(100, 0).Rounded(), RmsMps2 = 1.1, SpeedMps = 10 } },
            _ => record with
            {
                Track = Track.FromFixes([.. Enumerable.Range(first, fixesEach).Select(s => new TrackFix(start.AddSeconds(s), PlaceAt(vehicle, s), 8 + s % 5, 90 + s % 7, 0.9))]),
            },
        };
    }

    // Round a block, each vehicle at its own corner.
    private static GeoPoint PlaceAt(string vehicle, long second)
    {
        var corner = vehicle.Aggregate(7, (h, c) => h * 31 + c) & 0xffff;
        var angle = second % 240 / 240.0 * 2 * Math.PI;
        return City.MovedByM(corner % 250 * 10 + 300 * Math.Cos(angle), corner / 250 * 10 + 300 * Math.Sin(angle)).Rounded();
    }
}
