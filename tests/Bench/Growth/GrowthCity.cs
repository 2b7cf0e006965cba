using System.Text.Json;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Growth;

/// <summary>
/// A city of a size: per vehicle ten sites and a thousand readings. Streets are as dense in a big one as in a small one, so
/// what grows is the city, the fleet and what is known of it.
/// </summary>
internal sealed class GrowthCity(int vehicles, int seed)
{
    private const string Jurisdiction = "cambridge-ma";
    private const int SitesPerVehicle = 10;
    private const int ReadingsPerVehicle = 1_000;
    private const double SpacingM = 60;

    // No streets are known here, at any size: addresses are no part of the measure.
    private static readonly GeoPoint Origin = new(41.0, -73.0);

    private readonly Random random = new(seed);
    private readonly long[] sequences = new long[vehicles];
    private readonly int across = (int)Math.Ceiling(Math.Sqrt(vehicles * SitesPerVehicle));
    private readonly DateTimeOffset begin = TimeProvider.System.GetUtcNow().AddDays(-3);

    public int Sites => vehicles * SitesPerVehicle;

    /// <summary>Readings of all messages made so far: fixes and observations.</summary>
    public long Readings { get; private set; }

    public IEnumerable<string> Vehicles => Enumerable.Range(0, vehicles).Select(Id);

    public IReadOnlyList<StreetLight> Poles =>
        [.. Enumerable.Range(0, Sites).Where(IsLamp).Select(i => new StreetLight($"p{i}", Place(i), "City", null, null, 1, null))];

    /// <summary>Everything that is known before the measure: two vehicles found each site, and everybody drove.</summary>
    public IEnumerable<LinkMessage> History()
    {
        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            var records = new List<WireRecord>();
            for (var i = 0; i < SitesPerVehicle; i++)
            {
                var minute = i * 30 + random.NextDouble();
                records.Add(Found(vehicle, vehicle * SitesPerVehicle + i, minute));
                // The neighbour's sites, a while later.
                records.Add(Found(vehicle, (vehicle + 1) % vehicles * SitesPerVehicle + i, minute + 400));
            }

            var tracks = (ReadingsPerVehicle - records.Count) / 60;
            for (var i = 0; i < tracks; i++) records.Add(Drive(vehicle, vehicle * SitesPerVehicle, 700 + i * 2));
            yield return Message(vehicle, records);
        }
    }

    /// <summary>A minute of one vehicle: its drive, a smooth stretch past a site, and now and then what it found.</summary>
    public LinkMessage Minute(double minute)
    {
        var vehicle = random.Next(vehicles);
        var site = random.Next(Sites);
        var records = new List<WireRecord> { Drive(vehicle, site, minute) };
        records.Add(Record(vehicle, minute, r => r with { Roughness = new RoughnessObservation { From = Place(site).MovedByM(-30, 0), To = Place(site).MovedByM(30, 0), LengthM = 60 } }));
        if (random.NextDouble() < 0.5) records.Add(Found(vehicle, random.Next(Sites), minute));
        return Message(vehicle, records);
    }

    private static string Id(int vehicle) => $"unit-{vehicle}";

    private static bool IsLamp(int site) => site % 2 == 0;

    private GeoPoint Place(int site) => Origin.MovedByM(site % across * SpacingM, site / across * SpacingM);

    private WireRecord Found(int vehicle, int site, double minute) => Record(vehicle, minute, r => IsLamp(site)
        ? r with { Lamp = new LampObservation { Pole = $"p{site}", At = Place(site).Rounded(), Verdict = LampVerdict.Dark, Confidence = 0.9, PeakLux = 1, Curve = [1, 2, 3, 2, 1] } }
        : r with
        {
            Shock = new ShockObservation
            {
                At = Place(site).MovedByM(random.NextDouble() * 6 - 3, random.NextDouble() * 6 - 3).Rounded(), Kind = ShockKind.Pothole, Confidence = 0.9, PeakMps2 = 8, SpeedMps = 9,
                Trace = [1, 50, -80, 20], TraceStepMs = 10,
            },
        });

    private WireRecord Drive(int vehicle, int site, double minute)
    {
        var from = Place(site);
        var at = begin.AddMinutes(minute);
        return Record(vehicle, minute, r => r with { Track = Track.FromFixes([.. Enumerable.Range(0, 60).Select(i => new TrackFix(at.AddSeconds(i), from.MovedByM(i * 9, i).Rounded(), 9, 90, 0.9))]) });
    }

    private WireRecord Record(int vehicle, double minute, Func<WireRecord, WireRecord> content)
    {
        var at = begin.AddMinutes(minute);
        var record = content(new WireRecord
        {
            Seq = ++sequences[vehicle], Duty = new Duty($"s{vehicle}", "c1"),
            Stamp = new Stamp { FixTime = at, DeviceTime = at, Boot = "0000b007", MonotonicMs = (long)(minute * 60_000), Clock = ClockSource.Gps },
        });
        Readings += record.Track?.DtMs.Length ?? 1;
        return record;
    }

    private static LinkMessage Message(int vehicle, IReadOnlyList<WireRecord> records) => new(
        new Topic(Jurisdiction, Id(vehicle), Lane.Up).ToString(),
        WireCodec.Encode(UpBatchWriter.Write(new UpBatch(
            WireCodec.Version, Id(vehicle), $"{vehicle:x16}", [.. records.Select(r => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(r, WireJson.Default.WireRecord))]))),
        Retained: false);
}
