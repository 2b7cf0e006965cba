using System.Globalization;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Sensed;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>
/// Vehicles that drive the city's loops for weeks, each loop once a day by one of a few that know it, half of them with crews
/// and half cut to the street's middle; felt by the agent's own sensing.
/// </summary>
internal sealed class CityTraffic(TicketCity city, StreetNet streets, int vehicles, int seed)
{
    // So many vehicles take turns on a loop.
    private const int PerLoop = 4;
    private const double SlowestMeanMps = 5.5;
    private const string Epoch = "00000000000000e1";

    private readonly SensingCity _sensing = new(null, streets);
    private readonly SensingOptions _options = new();

    // How late each vehicle's receiver is, which its agent keeps over nights.
    private readonly LagEstimate?[] _lags = new LagEstimate?[vehicles];

    /// <summary>All drives in the order in which they ended. The same for one seed, however many cores there are.</summary>
    public IReadOnlyList<CityPass> Drive()
    {
        var passes = new List<CityPass>();
        var sequences = new long[vehicles];
        for (var day = 0; day < city.Days; day++)
        {
            var begins = TicketCity.Begins.AddDays(day);
            foreach (var hole in city.Holes) hole.Appear(city.World.Road, begins, begins.AddDays(1));
            var driven = new (int Vehicle, SensedDrive Drive)[city.Loops.Count];
            Parallel.For(0, driven.Length, loop => driven[loop] = One(day, loop));
            foreach (var (vehicle, drive) in driven.Where(d => d.Drive.Path.Count > 0).OrderBy(d => d.Drive.Path[^1].Time))
            {
                passes.Add(Pass(vehicle, drive, sequences));
                _lags[vehicle] = drive.Lag ?? _lags[vehicle];
            }
        }

        return passes;
    }

    private (int Vehicle, SensedDrive Drive) One(int day, int loop)
    {
        var own = RoadSurface.HashCode(seed, day * 1_000 + loop, 82);
        var random = new Random(own);
        var vehicle = (loop + random.Next(PerLoop) * 5) % vehicles;
        var patrol = city.Loops[loop];
        var begins = TicketCity.Begins.AddDays(day).AddHours(7 + 11 * random.NextDouble());
        var driver = city.World.Drive(patrol, random.NextDouble(), own);
        var sensing = new SensingVehicle(Name(vehicle), vehicle % 2 == 0 ? VehicleKind.Crewed : VehicleKind.SensorOnly, _sensing, _options);
        return (vehicle, SensedDrive.Make(city.World, driver, sensing, begins, TimeSpan.FromSeconds(patrol.LengthM / SlowestMeanMps), own, _lags[vehicle]));
    }

    private static string Name(int vehicle) => string.Create(CultureInfo.InvariantCulture, $"vehicle-{vehicle + 1}");

    private CityPass Pass(int vehicle, SensedDrive drive, long[] sequences)
    {
        var ends = drive.Path[^1].Time.AddSeconds(1);
        var records = drive.Observations.Where(o => o.Shock is not null || o.Roughness is not null).Select(o => new StoredRecord(
            Name(vehicle), "cambridge-ma", Epoch,
            new WireRecord { Seq = ++sequences[vehicle], Stamp = o.Stamp, Shock = o.Shock, Roughness = o.Roughness }, ends)).ToList();
        return new CityPass(ends, records, [.. Over(drive)]);
    }

    private IEnumerable<(int Hole, DateTimeOffset Time)> Over(SensedDrive drive)
    {
        var onLane = city.Holes.Select((h, i) => (Hole: h, Index: i)).ToLookup(h => h.Hole.Lane.Index);
        for (var i = 1; i < drive.Path.Count; i++)
        {
            var (before, now) = (drive.Path[i - 1], drive.Path[i]);
            if (before.Edge != now.Edge || now.SpeedMps < _options.MinRoadSpeedMps) continue;
            foreach (var (hole, index) in onLane[now.Edge.Index])
            {
                if (before.AlongM < hole.MiddleM && now.AlongM >= hole.MiddleM && hole.IsThere(now.Time)) yield return (index, now.Time);
            }
        }
    }
}
