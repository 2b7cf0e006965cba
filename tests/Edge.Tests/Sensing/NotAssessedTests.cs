using System.Numerics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

/// <summary>One hole, felt after 20 s: what the vehicle must not make of it when it cannot tell.</summary>
public sealed class NotAssessedTests
{
    private const double HoleM = 200;
    private const double HoleSeconds = 20;
    private const double SpeedMps = 10;

    private static readonly Drive Plain = Over(SpeedMps, 400);

    private static Drive Over(double speedMps, double lengthM, double hdop = 0.9) => new()
    {
        SpeedMps = speedMps, LengthM = lengthM, Hdop = hdop, Vertical = QuarterCar.Drive(speedMps, lengthM, QuarterCar.Hole(HoleM, 0.6, 0.09), 3),
    };

    private static async Task<(List<Observation> Seen, SensingPipeline Pipeline)> SenseAsync(
        Drive drive, Func<double, AccelSample, IEnumerable<AccelSample>>? sensor = null, SensingOptions? options = null, Surroundings? around = null, Action<AccelBlock>? before = null)
    {
        var sink = new ObservationList();
        var pipeline = new SensingPipeline(
            options ?? new SensingOptions(), new SensingCity(null, null), VehicleKind.Crewed, new DeviceClock(TimeProvider.System), sink, NullLoggerFactory.Instance, around);
        foreach (var reading in drive.Readings())
        {
            if (reading is not AccelBlock block)
            {
                await pipeline.TakeAsync(reading, default);
                continue;
            }

            before?.Invoke(block);
            AccelSample[] felt = [.. block.Samples.SelectMany(s => sensor?.Invoke((s.Time - drive.Start).TotalSeconds, s) ?? [s])];
            if (felt.Length > 0) await pipeline.TakeAsync(block with { Samples = felt }, default);
        }

        await pipeline.EndAsync(default);
        return (sink.All, pipeline);
    }

    private static bool Covers(Observation observation, double alongM = HoleM) => observation.Roughness is { } r
        && Drive.Origin.DistanceMTo(r.From) < alongM && Drive.Origin.DistanceMTo(r.To) > alongM;

    // Neither a shock nor a smooth pass.
    private static void NothingSaid((List<Observation> Seen, SensingPipeline Pipeline) sensed, NotAssessed reason)
    {
        Assert.DoesNotContain(sensed.Seen, o => o.Shock is not null);
        Assert.DoesNotContain(sensed.Seen, o => Covers(o));
        Assert.True(sensed.Pipeline.RoadNotAssessed.ContainsKey(reason), $"{reason} is not among {string.Join(", ", sensed.Pipeline.RoadNotAssessed.Keys)}");
    }

    [Fact]
    public async Task A_good_drive_says_it_all()
    {
        var (seen, pipeline) = await SenseAsync(Plain);

        Assert.Single(seen, o => o.Shock is not null);
        Assert.Single(seen, o => Covers(o) && o.Roughness!.Shocks == 1);
        Assert.Null(pipeline.Road.Now);
        Assert.Equal([NotAssessed.NotAligned], pipeline.RoadNotAssessed.Keys);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task What_is_no_number_is_no_shock(float value) => NothingSaid(
        await SenseAsync(Plain, (t, s) => [Math.Abs(t - HoleSeconds - 0.1) < 0.006 ? s with { Z = value } : s]), NotAssessed.NotANumber);

    [Fact]
    public async Task A_sensor_at_the_end_of_its_range_is_not_believed() => NothingSaid(
        await SenseAsync(Plain, (_, s) => [s with { Z = Math.Min(s.Z, 15.2f) }]), NotAssessed.Saturated);

    [Fact]
    public async Task One_that_is_stuck_passes_nothing_smoothly_and_shows_on_its_health()
    {
        AccelSample? held = null;
        var sensed = await SenseAsync(Plain, (t, s) =>
        {
            held = t < 12 ? s : held;
            return [held!.Value with { Time = s.Time }];
        });

        NothingSaid(sensed, NotAssessed.Stuck);
        Assert.Equal(NotAssessed.Stuck, sensed.Pipeline.Road.Now);
        Assert.Contains("again and again", sensed.Pipeline.Road.Fault!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sensor_that_mended_is_believed_and_no_longer_reported_after_a_while()
    {
        var drive = Over(SpeedMps, 2000);
        AccelSample? held = null;
        var (seen, pipeline) = await SenseAsync(drive, (t, s) =>
        {
            held = t is > 40 and < 46 ? held : s;
            return [held!.Value with { Time = s.Time }];
        });

        Assert.Null(pipeline.Road.Fault);
        Assert.Equal(NotAssessed.Stuck, pipeline.Road.Newest);
        Assert.Contains(seen, o => Covers(o, 1000));
    }

    [Fact]
    public async Task Time_that_runs_backwards_gives_nothing() => NothingSaid(
        await SenseAsync(Plain, (t, s) => [Math.Abs(t - HoleSeconds - 0.1) < 0.006 ? s with { Time = s.Time.AddMilliseconds(-30) } : s]), NotAssessed.TimeBackwards);

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public async Task A_phones_pace_is_too_slow_for_a_wheel(int rateHz)
    {
        var n = 0;

        NothingSaid(await SenseAsync(Plain, (_, s) => n++ % (100 / rateHz) == 0 ? [s] : []), NotAssessed.TooSlowRate);
    }

    [Fact]
    public async Task A_sensor_that_was_moved_is_learned_anew_before_it_is_believed()
    {
        var drive = new Drive
        {
            SpeedMps = SpeedMps, LengthM = 600,
            Vertical = QuarterCar.Drive(SpeedMps, 600, at => QuarterCar.Hole(HoleM, 0.6, 0.09)(at) + QuarterCar.Hole(450, 0.6, 0.09)(at), 3),
        };
        var leaning = Matrix4x4.CreateRotationX(0.7f);
        var (seen, pipeline) = await SenseAsync(drive, (t, s) => [t < 18 ? s : Turned(s, leaning)]);

        var shock = Assert.Single(seen, o => o.Shock is not null).Shock!;
        Assert.Equal(450, Drive.Origin.DistanceMTo(shock.At), 5.0);
        Assert.DoesNotContain(seen, o => Covers(o));
        Assert.Equal(NotAssessed.NotAligned, pipeline.Road.Newest);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0, 0.6)]
    [InlineData(2.8, 0.1)]
    [InlineData(1.4, 1.4)]
    public async Task However_the_sensor_is_mounted_it_feels_the_same(double aboutX, double aboutY)
    {
        var mount = Matrix4x4.CreateRotationX((float)aboutX) * Matrix4x4.CreateRotationY((float)aboutY);
        var upright = (await SenseAsync(Plain)).Seen.Single(o => o.Shock is not null).Shock!;

        var leaning = Assert.Single((await SenseAsync(Plain, (_, s) => [Turned(s, mount)])).Seen, o => o.Shock is not null).Shock!;

        Assert.Equal(upright.Kind, leaning.Kind);
        Assert.Equal(upright.PeakMps2, leaning.PeakMps2, 0.2);
    }

    [Fact]
    public async Task Nothing_is_said_while_the_equipment_works()
    {
        var works = false;

        NothingSaid(
            await SenseAsync(Plain, around: new Surroundings(() => works, _ => null), before: b => works = (b.Samples[0].Time - Plain.Start).TotalSeconds is > 17 and < 23),
            NotAssessed.Work);
    }

    [Fact]
    public async Task Nothing_is_said_on_chains_and_snow() => NothingSaid(await SenseAsync(Plain, options: new SensingOptions { Winter = true }), NotAssessed.Winter);

    [Fact]
    public async Task Nothing_is_said_in_a_work_zone()
    {
        var sensed = await SenseAsync(Plain, around: new Surroundings(() => false, at => at.DistanceMTo(Drive.At(HoleM)) < 40 ? NotAssessed.WorkZone : null));

        NothingSaid(sensed, NotAssessed.WorkZone);
        Assert.Contains(sensed.Seen, o => Covers(o, 330));
    }

    [Fact]
    public async Task A_vehicle_that_crawls_says_so() => NothingSaid(await SenseAsync(Over(2, 300)), NotAssessed.Parked);

    [Fact]
    public async Task A_fix_that_places_nothing_says_so() => NothingSaid(await SenseAsync(Over(SpeedMps, 400, hdop: 8)), NotAssessed.BadFix);

    [Fact]
    public async Task A_vehicle_without_an_accelerometer_says_so()
    {
        var fixes = Channel.CreateUnbounded<Fix>();
        fixes.Writer.Complete();
        var pipeline = new SensingPipeline(
            new SensingOptions(), new SensingCity(null, null), VehicleKind.Crewed, new DeviceClock(TimeProvider.System), new ObservationList(), NullLoggerFactory.Instance);
        await pipeline.RunAsync(fixes.Reader, null, null, default);

        Assert.Equal(NotAssessed.NoSource, pipeline.Road.Now);
        Assert.Equal("not assessed: no accelerometer", pipeline.Road.ToString());
    }

    private static AccelSample Turned(AccelSample sample, Matrix4x4 by)
    {
        var v = Vector3.Transform(new Vector3(sample.X, sample.Y, sample.Z), by);
        return sample with { X = v.X, Y = v.Y, Z = v.Z };
    }
}
