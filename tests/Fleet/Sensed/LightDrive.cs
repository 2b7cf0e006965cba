using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;
using Observation = ThreeOneOne.Field.Agent.Sensing.Observation;

namespace ThreeOneOne.Field.Fleet.Sensed;

/// <summary>
/// A drive of which only the light sensor and the receiver go into the agent's own sensing. What the road does to the vehicle
/// is left out: the light doesn't ask, and a night takes seconds instead of minutes.
/// </summary>
/// <param name="Observations">In the order in which they were concluded.</param>
/// <param name="DrivenM">Length of the way, metres.</param>
public sealed record LightDrive(IReadOnlyList<Observation> Observations, double DrivenM)
{
    private const int StepsPerFix = 10;

    /// <summary>Drives from a time on, or until the driver stands at the end of its way.</summary>
    /// <param name="world">The city and its lights.</param>
    /// <param name="driver">Drives; at the beginning of its way.</param>
    /// <param name="vehicle">Id, and how its readings are sensed.</param>
    /// <param name="begins">World time, UTC.</param>
    /// <param name="longest">No longer than this.</param>
    /// <param name="gain">What its light sensor shows of the truth.</param>
    /// <param name="seed">Of its sensors.</param>
    /// <param name="beside">Is given the same readings; null: nobody.</param>
    public static LightDrive Make(
        World world, Driver driver, SensingVehicle vehicle, DateTimeOffset begins, TimeSpan longest, double gain, int seed, ISensorFeed? beside = null)
    {
        var sink = new ObservationList();
        var clock = new DeviceClock(new StandingTime(begins + TimeSpan.FromDays(2)), ClockSource.Gps, vehicle.Id);
        var pipeline = new SensingPipeline(vehicle.Options, vehicle.City, vehicle.Kind, clock, sink, NullLoggerFactory.Instance);
        var feed = new PipelineFeed(pipeline, blockSeconds: 0.5);
        var light = new LuxSensor(world.Lighting, new Random(RoadSurface.HashCode(seed, 0, 52)), gain);
        var receiver = new GpsReceiver(new Random(RoadSurface.HashCode(seed, 0, 53)));
        var metres = 0.0;
        var steps = (int)(longest.TotalSeconds / Driver.StepSeconds);
        for (var step = 1; step < steps && !driver.AtEnd; step++)
        {
            driver.Step();
            var now = begins.AddSeconds(step * Driver.StepSeconds);
            metres += driver.SpeedMps * Driver.StepSeconds;
            var lux = light.Read(driver, now);
            feed.Light(now, lux);
            beside?.Light(now, lux);
            if (step % StepsPerFix != 0) continue;
            var (place, hdop, satellites) = receiver.Measure(driver.At, driver.Heading, driver.SpeedMps, StepsPerFix * Driver.StepSeconds);
            var at = world.City.Plane.ToGeo(place);
            double? course = driver.SpeedMps > 0.7 ? GpsReceiver.CourseDeg(driver.Heading) : null;
            feed.Fix(now, at, driver.SpeedMps, course, hdop, satellites);
            beside?.Fix(now, at, driver.SpeedMps, course, hdop, satellites);
        }

        feed.End();
        return new LightDrive(sink.All, metres);
    }

    // The wall clock is past all of the drive.
    private sealed class StandingTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
