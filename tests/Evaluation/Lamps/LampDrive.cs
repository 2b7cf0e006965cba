using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Evaluation.Drives;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;
using Sensed = ThreeOneOne.Field.Agent.Sensing.Observation;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>
/// One vehicle through one part of a night: its light sensor and its receiver into the agent's own sensing, and beside it into
/// the baseline. What the road does to it is left out: the light doesn't ask, and a night takes seconds instead of minutes.
/// </summary>
internal static class LampDrive
{
    private const int StepsPerFix = 10;
    private const int LongestSteps = 10 * 3600 * 8;

    public static (IReadOnlyList<Sensed> Observations, IReadOnlyList<NearestPolePass> Baseline, double Km) Make(
        World world, Driver driver, SensingVehicle vehicle, DateTimeOffset begins, double gain, int seed)
    {
        var sink = new ObservationList();
        var clock = new DeviceClock(new StandingTime(begins + TimeSpan.FromDays(2)), ClockSource.Gps, vehicle.Id);
        var pipeline = new SensingPipeline(vehicle.Options, vehicle.City, vehicle.Kind, clock, sink, NullLoggerFactory.Instance);
        var feed = new PipelineFeed(pipeline, blockSeconds: 0.5);
        var nearest = new NearestPole(world.City);
        var light = new LuxSensor(world.Lighting, new Random(RoadSurface.HashCode(seed, 0, 52)), gain);
        var receiver = new GpsReceiver(new Random(RoadSurface.HashCode(seed, 0, 53)));
        var metres = 0.0;
        for (var step = 1; step < LongestSteps && !driver.AtEnd; step++)
        {
            driver.Step();
            var now = begins.AddSeconds(step * Driver.StepSeconds);
            metres += driver.SpeedMps * Driver.StepSeconds;
            var lux = light.Read(driver, now);
            feed.Light(now, lux);
            nearest.Light(now, lux);
            if (step % StepsPerFix != 0) continue;
            var (at, hdop, satellites) = receiver.Measure(driver.At, driver.Heading, driver.SpeedMps, StepsPerFix * Driver.StepSeconds);
            feed.Fix(now, world.City.Plane.ToGeo(at), driver.SpeedMps, driver.SpeedMps > 0.7 ? GpsReceiver.CourseDeg(driver.Heading) : null, hdop, satellites);
            nearest.Fix(now, at);
        }

        feed.End();
        return (sink.All, nearest.End(), metres / 1000);
    }

    private sealed class ObservationList : IObservationSink
    {
        public List<Sensed> All { get; } = [];

        public ValueTask AcceptAsync(Sensed observation, CancellationToken stop)
        {
            All.Add(observation);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class StandingTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
