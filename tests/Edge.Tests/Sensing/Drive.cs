using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

/// <summary>A straight drive to the north at one speed, with 1 Hz fixes and whatever its sensors are told to feel.</summary>
internal sealed class Drive
{
    public static readonly GeoPoint Origin = new(42.37, -71.11);

    // 22:00 local time in Cambridge.
    public static readonly DateTimeOffset Night = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    /// <summary>Wall clock of the test: not the time that was driven.</summary>
    public static readonly DateTimeOffset Wall = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Start { get; init; } = Night;

    public double SpeedMps { get; init; } = 10;

    public double LengthM { get; init; } = 600;

    public double Hdop { get; init; } = 0.9;

    /// <summary>How far to the east of the truth the receiver believes to be, metres.</summary>
    public double ReceiverEastM { get; init; }

    /// <summary>Course that the receiver says by metres driven, degrees; places stay on the straight line.</summary>
    public Func<double, double> CourseDeg { get; init; } = _ => 0;

    /// <summary>Along which metres the receiver has no fix.</summary>
    public Func<double, bool> NoFix { get; init; } = _ => false;

    /// <summary>Lux by metres driven.</summary>
    public Func<double, double>? Lux { get; init; }

    /// <summary>Vertical acceleration without gravity by sample, 100 Hz.</summary>
    public IReadOnlyList<double>? Vertical { get; init; }

    /// <summary>Only each so many samples reach the vehicle.</summary>
    public int Each { get; init; } = 1;

    public static GeoPoint At(double alongM, double eastM = 0) => Origin.MovedByM(eastM, alongM);

    public async Task<List<Observation>> SenseAsync(
        SensingCity? city = null, VehicleKind kind = VehicleKind.Crewed, SensingOptions? options = null)
    {
        var sink = new ObservationList();
        var pipeline = new SensingPipeline(
            options ?? new SensingOptions(), city ?? new SensingCity(null, null), kind, new DeviceClock(TimeProvider.System), sink, NullLoggerFactory.Instance);
        foreach (var reading in Readings()) await pipeline.TakeAsync(reading, CancellationToken.None);
        await pipeline.EndAsync(CancellationToken.None);
        return sink.All;
    }

    public IEnumerable<object> Readings()
    {
        var block = new List<AccelSample>();
        for (var tick = 0; tick <= (int)(LengthM / SpeedMps * 100); tick++)
        {
            var time = Start.AddMilliseconds(tick * 10);
            var wall = Wall.AddMilliseconds(tick * 10);
            var along = tick / 100.0 * SpeedMps;
            if (tick % 100 == 0 && !NoFix(along))
            {
                yield return new Fix
                {
                    FixTime = time, DeviceTime = wall, MonotonicMs = tick * 10, At = At(along, ReceiverEastM),
                    SpeedMps = SpeedMps, CourseDeg = CourseDeg(along), Hdop = Hdop, Satellites = 9,
                };
            }

            if (Lux is not null && tick % 10 == 0) yield return new LuxSample(time, Lux(along), wall, tick * 10);
            if (Vertical is null || tick >= Vertical.Count || tick % Each != 0) continue;
            block.Add(new AccelSample(time, (float)(0.3 + 0.4 * Felt(tick - 1)), (float)(-0.2 + 0.3 * Felt(tick - 3)), (float)(9.81 + Felt(tick))));
            if (block.Count < 50) continue;
            yield return new AccelBlock(wall, tick * 10, block.ToArray());
            block.Clear();
        }
    }

    // A body that is pushed up pitches and rolls, and that a little later.
    private double Felt(int tick) => Vertical![Math.Clamp(tick, 0, Vertical.Count - 1)];
}
