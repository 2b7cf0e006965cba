using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Sensed;

/// <summary>What a vehicle's own sensing made of a simulated drive, beside where the vehicle truly was. One thread; equal seeds give equal drives.</summary>
/// <param name="Path">Where it was, each <see cref="Driver.StepSeconds"/>.</param>
/// <param name="Observations">In the order in which they were concluded.</param>
/// <param name="Lag">How late the receiver was last found to be; null: not known.</param>
public sealed record SensedDrive(IReadOnlyList<DrivenPlace> Path, IReadOnlyList<Observation> Observations, LagEstimate? Lag)
{
    private const double BlockSeconds = 0.5;

    /// <summary>Drives from a time on, or until the driver stands at the end of its way.</summary>
    /// <param name="world">The city, its roads and lights.</param>
    /// <param name="driver">Drives; at the beginning of its way.</param>
    /// <param name="vehicle">Id, and how its readings are sensed.</param>
    /// <param name="begins">World time, UTC.</param>
    /// <param name="longest">No longer than this.</param>
    /// <param name="seed">Of the vehicle's sensors.</param>
    /// <param name="lag">What the vehicle kept from its last drive; null: nothing.</param>
    public static SensedDrive Make(World world, Driver driver, SensingVehicle vehicle, DateTimeOffset begins, TimeSpan longest, int seed, LagEstimate? lag = null)
    {
        var time = new SteppedTime(begins + longest + TimeSpan.FromDays(1));
        var sink = new ObservationList();
        var pipeline = new SensingPipeline(vehicle.Options, vehicle.City, vehicle.Kind, new DeviceClock(time, ClockSource.Gps, vehicle.Id), sink, NullLoggerFactory.Instance);
        pipeline.LagLearned += learned => lag = learned;
        if (lag is { } known) pipeline.Begin(known);
        var feed = new PipelineFeed(pipeline, BlockSeconds);
        var clock = new SimulationClock(time, [new TimeWindow(begins, begins + longest)], speed: 1);
        var simulated = new SimulatedVehicle(vehicle.Id, clock, world, driver, feed, seed);
        simulated.Advance(TimeSpan.Zero);
        clock.Begin();
        var step = TimeSpan.FromSeconds(Driver.StepSeconds);
        List<DrivenPlace> path = [];
        for (var at = begins + step; at < begins + longest && !driver.AtEnd; at += step)
        {
            time.Go(step);
            simulated.Advance(longest);
            path.Add(new DrivenPlace(clock.Now, driver.Edge, driver.AlongM, driver.At, driver.Heading, driver.SpeedMps, driver.WanderM));
        }

        feed.End();
        return new SensedDrive(path, sink.All, lag);
    }

    // Goes only where it is told to; the wall clock is past all of the drive.
    private sealed class SteppedTime(DateTimeOffset now) : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override DateTimeOffset GetUtcNow() => now;

        public void Go(TimeSpan step) => _ticks += step.Ticks;
    }
}
