using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Sensed;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Recordings;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Hub.Ingest;
using HubObservation = ThreeOneOne.Field.Hub.Sites.Observation;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>
/// Nights in which a few vehicles pass every light of the city's streets: another order of the streets each night, other vehicles
/// in each part of town, from evening to early morning.
/// </summary>
internal sealed class LampNights(LampCity city, SensingCity known, int vehicles, int seed)
{
    // Local hours at which parts begin, by the sun's clock.
    private static readonly double[] Hours = [20, 23.5, 26];

    private readonly List<HubObservation> _observations = [];
    private readonly List<StoredRecord> _records = [];
    private readonly List<NearestPolePass> _baseline = [];

    public IReadOnlyList<HubObservation> Observations => _observations;

    /// <summary>The same passes as ingest hands them on.</summary>
    public IReadOnlyList<StoredRecord> Records => _records;

    public IReadOnlyList<NearestPolePass> Baseline => _baseline;

    public double Km { get; private set; }

    public void Drive(DateTimeOffset day, int night, IReadOnlySet<int> segments)
    {
        var route = CoveringDrive.Over(city.World.City.Graph, segments, new Random(RoadSurface.HashCode(seed, night, 71)));
        var parts = route.Chunk((route.Count + vehicles - 1) / vehicles).ToArray();
        var sensed = new (IReadOnlyList<Agent.Sensing.Observation> Observations, IReadOnlyList<NearestPolePass> Baseline, double Km)[parts.Length];
        Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, part => sensed[part] = Part(day, night, part, parts[part]));
        for (var part = 0; part < parts.Length; part++)
        {
            var vehicle = VehicleOf(night, part);
            var seq = part * 100_000L;
            foreach (var seen in sensed[part].Observations.Where(o => o.Lamp is not null))
            {
                var observation = LampRecords.Of(vehicle, $"n{night}", seq++, seen.Stamp, seen.Lamp!);
                _observations.Add(observation);
                _records.Add(LampHub.Stored(observation, seen.Lamp!));
            }

            _baseline.AddRange(sensed[part].Baseline);
            Km += sensed[part].Km;
        }
    }

    private (IReadOnlyList<Agent.Sensing.Observation> Observations, IReadOnlyList<NearestPolePass> Baseline, double Km) Part(
        DateTimeOffset day, int night, int part, StreetEdge[] edges)
    {
        var rest = edges.Skip(1).ToList();
        var graph = city.World.City.Graph;
        var drawn = RoadSurface.HashCode(seed, night * 100 + part, 72);
        var driver = new Driver(city.World.Router, edges[0], _ => All(rest), new LegPlanner(graph, _ => []), new Random(drawn));
        // Domes are dirty and stand beside light bars: from half to one and a half of the truth.
        var gain = 0.5 + RoadSurface.HashCode(seed, (night + part) % vehicles, 73) % 1000 / 1000.0;
        var begins = day.AddHours(Hours[(night + part) % Hours.Length] - city.World.City.Plane.Origin.Longitude / 15);
        var vehicle = new SensingVehicle(VehicleOf(night, part), VehicleKind.Crewed, known, new SensingOptions());
        return LampDrive.Make(city.World, driver, vehicle, begins, gain, drawn);
    }

    private string VehicleOf(int night, int part) => $"v{(night + part) % vehicles}";

    private static List<StreetEdge> All(List<StreetEdge> rest)
    {
        List<StreetEdge> all = [.. rest];
        rest.Clear();
        return all;
    }
}
