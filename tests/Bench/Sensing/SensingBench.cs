using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Positioning.Matching;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Bench.Sensing;

/// <summary>
/// How much faster than real time a vehicle without a crew senses: half an hour by night on Cambridge's streets, road at 100 Hz, light at
/// 10 Hz and fixes at 1 Hz through the whole pipeline, matching included. In seconds of this process's CPU: one core's.
/// </summary>
internal sealed class SensingBench : IBench
{
    private static readonly DateTimeOffset Night = new(2025, 11, 2, 3, 0, 0, TimeSpan.Zero);

    public string Name => "sensing";

    public string Purpose => "the vehicle's sensing and street matching, against real time";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var minutes = context.Number("minutes", 30);
        var rounds = context.Number("rounds", 5);
        var seed = context.Number("seed", 311);
        var folder = Path.Combine(context.Root, "hub", "Cities", "cambridge-ma");
        var options = new CityOptions { PolesFile = Path.Combine(folder, "street-lights.geojson"), StreetsFile = Path.Combine(folder, "centerlines.geojson") };
        var city = SensingCity.Load(options);
        context.Out.WriteLine($"driving {minutes} minutes");
        var readings = Drive(CityMap.Load(folder), seed, TimeSpan.FromMinutes(minutes));
        var fixes = readings.OfType<Fix>().ToList();
        var samples = readings.OfType<AccelBlock>().Sum(b => b.Samples.Count);
        List<double> factors = [];
        List<double> rates = [];
        for (var round = 0; round < rounds; round++)
        {
            var (seconds, observations) = await SenseAsync(readings, city, stop).ConfigureAwait(false);
            factors.Add(minutes * 60 / seconds);
            rates.Add(Match(fixes, city.Streets!));
            context.Out.WriteLine($"round {round + 1}: {factors[^1]:0} times real time, {observations} observations; {rates[^1]:0} fixes/s matched");
        }

        return
        [
            ("samples", samples),
            ("fixes", fixes.Count),
            ("realtime_factor", Math.Round(Median(factors))),
            ("match_fixes_per_s", Math.Round(Median(rates))),
        ];
    }

    private static List<object> Drive(CityMap city, int seed, TimeSpan length)
    {
        var world = new World(city, seed);
        var patrol = Patrol.Around(world.Router, city.Plane.ToPlace(new(42.3736, -71.1097)), 900, 6, new Random(seed));
        var readings = new DrivenReadings();
        var clock = new SimulationClock(TimeProvider.System, [new TimeWindow(Night, Night + length)], speed: 1e7);
        var vehicle = new SimulatedVehicle("bench-1", clock, world, world.Drive(patrol, 0, seed), readings, seed);
        vehicle.Advance(TimeSpan.Zero);
        clock.Begin();
        while (readings.All.Count == 0 || Newest(readings.All[^1]) < Night + length - TimeSpan.FromSeconds(2)) vehicle.Advance(length);
        return readings.All;
    }

    private static DateTimeOffset Newest(object reading) => reading switch
    {
        Fix fix => fix.FixTime,
        AccelBlock block => block.DeviceTime,
        LuxSample lux => lux.Time,
        _ => DateTimeOffset.MinValue,
    };

    private static async Task<(double Seconds, int Observations)> SenseAsync(List<object> readings, SensingCity city, CancellationToken stop)
    {
        var sink = new CountingSink();
        var pipeline = new SensingPipeline(new SensingOptions(), city, VehicleKind.SensorOnly, new DeviceClock(TimeProvider.System), sink, NullLoggerFactory.Instance);
        var (fixes, motion, light) = (new GivenSource<Fix>(), new GivenSource<AccelBlock>(), new GivenSource<LuxSample>());
        var before = Environment.CpuUsage.TotalTime;
        var sensing = pipeline.RunAsync(fixes.Reader, motion, light, stop);
        foreach (var reading in readings)
        {
            switch (reading)
            {
                case Fix fix:
                    await fixes.PutAsync(fix, stop).ConfigureAwait(false);
                    break;
                case AccelBlock block:
                    await motion.PutAsync(block, stop).ConfigureAwait(false);
                    break;
                case LuxSample lux:
                    await light.PutAsync(lux, stop).ConfigureAwait(false);
                    break;
            }
        }

        fixes.End();
        motion.End();
        light.End();
        await sensing.ConfigureAwait(false);
        if (sink.Count == 0) throw new InvalidOperationException("the drive gave no observation");
        return ((Environment.CpuUsage.TotalTime - before).TotalSeconds, sink.Count);
    }

    private static double Match(List<Fix> fixes, StreetNet net)
    {
        // Enough that the runtime's compiler, which works beside it, is not what is measured.
        const int Rounds = 200;
        List<MatchedFix> done = [];
        var before = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < Rounds; round++)
        {
            var matcher = new StreetMatcher(net, new MatchOptions());
            foreach (var fix in fixes) matcher.Take(fix.FixTime, fix.At, (float)fix.SpeedMps, (float)(fix.CourseDeg ?? double.NaN), (float)(fix.Hdop ?? double.NaN), done);
            matcher.Finish(done);
            if (done.Count != fixes.Count) throw new InvalidOperationException($"{done.Count} of {fixes.Count} fixes were matched");
            done.Clear();
        }

        return Rounds * fixes.Count / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class CountingSink : IObservationSink
    {
        public int Count { get; private set; }

        public ValueTask AcceptAsync(Observation observation, CancellationToken stop)
        {
            Count++;
            return default;
        }
    }
}
