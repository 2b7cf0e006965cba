using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class SensingLoopTests
{
    [Fact]
    public async Task A_failed_run_leaves_nobody_behind_who_takes_the_next_ones_fixes()
    {
        var drive = new Drive { Vertical = [.. Enumerable.Range(0, 6000).Select(i => 0.1 * Math.Sin(i))], SpeedMps = 15 };
        var fixes = Channel.CreateUnbounded<Fix>();
        foreach (var fix in drive.Readings().OfType<Fix>()) fixes.Writer.TryWrite(fix);
        var motion = new GivenMotion();
        foreach (var block in drive.Readings().OfType<AccelBlock>()) motion.Give(block);
        var pipeline = new SensingPipeline(
            new SensingOptions(), new SensingCity(null, null), VehicleKind.Crewed, new DeviceClock(TimeProvider.System), new BrokenSink(), NullLoggerFactory.Instance);
        await Assert.ThrowsAsync<NotSupportedException>(() => pipeline.RunAsync(fixes.Reader, motion, null, default).WaitAsync(TimeSpan.FromMinutes(2)));
        while (fixes.Reader.TryRead(out _))
        {
            // What the failed run had not read yet.
        }

        for (var i = 0; i < 10; i++) fixes.Writer.TryWrite(drive.Readings().OfType<Fix>().First());
        await Task.Delay(50);
        Assert.Equal(10, fixes.Reader.Count);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(28)]
    public async Task No_observation_reaches_back_before_the_sign_on(int signOnSecond)
    {
        using var folder = new TemporaryFolder();
        var motion = new GivenMotion();
        await using var vehicle = new TestVehicle(folder.Path, motion: motion);
        for (var second = 0; second < 60; second++)
        {
            if (second == signOnSecond)
            {
                await Eventually.TrueAsync(() => motion.Taken == second, "all motion was read");
                await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
            }

            var fix = vehicle.Fixes.Give(Latitude(second), -71.11);
            motion.Give(new AccelBlock(fix.DeviceTime, fix.MonotonicMs, [.. Enumerable.Range(0, 100).Select(i => new AccelSample(fix.FixTime.AddMilliseconds(10 * i), 0, 0, (float)(9.81 + 0.1 * Math.Sin(i))))]));
        }

        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Roughness is not null), "a stretch has left");
        var earliest = vehicle.Link.Records.Where(r => r.Roughness is not null).Min(r => r.Roughness!.From.Latitude);
        Assert.True(earliest >= Latitude(signOnSecond) - 1e-6, $"{earliest} lies before {Latitude(signOnSecond)}");
    }

    [Fact]
    public async Task Health_tells_how_late_the_receiver_is_and_from_what_that_is_known()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await using var unknown = new TestVehicle(other.Path);
        Assert.Null(unknown.Agent.Health.Current().ReceiverLag);

        new ReceiverMemory(new StateFile(folder["receiver.json"]), NullLogger.Instance).Keep(
            new LagEstimate(0.94, 0.0304) { OfSpeedSeconds = 0.31, Brakings = 210, Pairs = 17 });
        await using var known = new TestVehicle(folder.Path);
        Assert.Equal(new ReceiverLag { LagMs = 940, SigmaMs = 30, OfSpeedMs = 310, Brakings = 210, Pairs = 17 }, known.Agent.Health.Current().ReceiverLag);
    }

    [Fact]
    public async Task A_sensor_that_is_stuck_shows_on_the_vehicles_health()
    {
        using var folder = new TemporaryFolder();
        var motion = new GivenMotion();
        await using var vehicle = new TestVehicle(folder.Path, kind: VehicleKind.SensorOnly, motion: motion);
        for (var second = 0; second < 30; second++) Give(vehicle, motion, second, _ => 0);

        await Eventually.TrueAsync(() => vehicle.Agent.Health.Current().RoadNotAssessed?.GetValueOrDefault("stuck") >= 20, "the sensor is seen to be stuck");
        var health = vehicle.Agent.Health.Current();
        Assert.Equal("not assessed: sensor stuck", health.Road);
        Assert.Equal("stale: it gives the same reading again and again", health.Sources!["motion"]);
        Assert.InRange(health.RoadNotAssessed!["stuck"], 20, 30);
        // What a technician's look at the vehicle reads.
        Assert.Single(Directory.GetFiles(folder.Path, RoadHours.FileName, SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_logged_work_zone_is_not_assessed()
    {
        using var folder = new TemporaryFolder();
        var motion = new GivenMotion();
        await using var vehicle = new TestVehicle(folder.Path, kind: VehicleKind.SensorOnly, motion: motion);
        var now = TimeProvider.System.GetUtcNow();
        var zone = new HazardCopy("z1", HazardKind.WorkZone, new GeoPoint(Latitude(15), -71.11), now, now.AddHours(1));
        vehicle.Link.Receive(Lane.Hazards, new HazardsState { StateVersion = 1, Era = "era-1", Hazards = [zone] }, WireJson.Default.HazardsState);
        await Eventually.TrueAsync(() => vehicle.Link.Statuses.LastOrDefault()?.HazardsVersion == 1, "the zone is known");
        for (var second = 0; second < 20; second++) Give(vehicle, motion, second, i => 0.1 * Math.Sin(i));

        await Eventually.TrueAsync(() => vehicle.Agent.Health.Current().Road == "not assessed: work zone", "the zone is reached");
        Assert.Equal("ok", vehicle.Agent.Health.Current().Sources!["motion"]);
    }

    private static void Give(TestVehicle vehicle, GivenMotion motion, int second, Func<int, double> shake)
    {
        var fix = vehicle.Fixes.Give(Latitude(second), -71.11);
        motion.Give(new AccelBlock(fix.DeviceTime, fix.MonotonicMs, [.. Enumerable.Range(0, 100).Select(i => new AccelSample(fix.FixTime.AddMilliseconds(10 * i), 0, 0, (float)(9.81 + shake(i))))]));
    }

    // 5 m a second to the north.
    private static double Latitude(int second) => 42.37 + (second * 5 / 111_195.0);

    private sealed class GivenMotion : IAccelerometerSource
    {
        private readonly Channel<AccelBlock> blocks = Channel.CreateUnbounded<AccelBlock>();
        private int taken;

        public SourceHealth Health => new(SourceState.Ok);

        public int Taken => Volatile.Read(ref taken);

        public void Give(AccelBlock block) => blocks.Writer.TryWrite(block);

        public async IAsyncEnumerable<AccelBlock> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
        {
            await foreach (var block in blocks.Reader.ReadAllAsync(stop))
            {
                yield return block;
                Interlocked.Increment(ref taken);
            }
        }
    }

    private sealed class BrokenSink : IObservationSink
    {
        public ValueTask AcceptAsync(Observation observation, CancellationToken stop) => throw new NotSupportedException("a bug");
    }
}
