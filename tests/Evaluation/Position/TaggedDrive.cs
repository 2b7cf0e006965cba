using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Wire;
using Place = ThreeOneOne.Field.Fleet.City.Place;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>
/// One vehicle's drive over one road. Its fixes are read late, set the agent's own clock, and that clock stamps the accelerometer; the
/// agent's trail then places each event by the stamp of the sample in which it was felt.
/// </summary>
internal sealed class TaggedDrive
{
    private const double LeastMps = 5;
    private const double JitterSeconds = 0.05;
    private const double MaxFixGapSeconds = 2.5;

    private static readonly DateTimeOffset Begins = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);
    private static readonly CityPlane Plane = new(new GeoPoint(42.37, -71.11));

    private readonly int _seed;
    private readonly TestRoad _road;
    private readonly List<TripStep> _steps;
    private readonly List<(double ReadAt, Fix Fix)> _fixes = [];

    public TaggedDrive(int seed, int passes, ReceiverTraits traits)
    {
        _seed = seed;
        _road = new TestRoad(seed);
        var random = new Random(seed);
        _steps = RoadTrip.Drive(_road, passes, random);
        var receiver = new GpsReceiver(new Random(random.Next()), traits);
        Traits = traits;
        var every = (int)Math.Round(1 / (Traits.RateHz * Driver.StepSeconds));
        var phase = random.Next(every);
        for (var i = 0; i < _steps.Count; i++)
        {
            var step = _steps[i];
            receiver.Move(step.At, step.Heading, step.SpeedMps, TestRoad.SkyAt(step.AlongM));
            if (i % every != phase || receiver.Measure(every * Driver.StepSeconds) is not { } said) continue;
            var readAt = step.Seconds + Traits.DelaySeconds + JitterSeconds * random.NextDouble();
            _fixes.Add((Math.Max(readAt, _fixes.Count > 0 ? _fixes[^1].ReadAt : 0), new Fix
            {
                FixTime = Begins.AddSeconds(step.Seconds),
                DeviceTime = Begins.AddSeconds(readAt),
                MonotonicMs = (long)(readAt * 1000),
                At = Plane.ToGeo(said.At).Rounded(),
                SpeedMps = Math.Round(said.SpeedMps, 2),
                CourseDeg = said.CourseDeg,
                Hdop = said.Hdop,
                TellsTime = true,
            }));
        }
    }

    public ReceiverTraits Traits { get; }

    /// <summary>How late what it says truly is by the clock that its sentences set.</summary>
    public double TrueLagSeconds => Traits.AgeSeconds + Traits.DelaySeconds;

    /// <summary>Drives it once through the agent.</summary>
    /// <param name="known">Of the receiver, from before; null: nothing.</param>
    /// <param name="tags">Takes what was felt.</param>
    /// <param name="bothWays">Whether the agent learns from what it felt on opposite courses.</param>
    /// <returns>What was learned of the receiver.</returns>
    public LagEstimate? Tag(LagEstimate? known, List<Tagged> tags, bool bothWays = true)
    {
        var time = new MovedTime(Begins.AddSeconds(-3));
        var clock = new DeviceClock(time, options: new ClockOptions { SynchronizedFile = "" }, built: Begins.AddDays(-30));
        var steady = new SteadyFixes();
        var (trail, plain) = (new FixTrail(MaxFixGapSeconds), new FixTrail(MaxFixGapSeconds));
        if (known is { } lag) trail.Begin(lag);
        var sensor = new MountedAccelerometer(new Random(_seed + 1));
        var waiting = new Queue<(AccelSample Sample, Felt? Felt, bool InLane)>();
        var last = default(Place);
        var next = 0;
        for (var i = 1; i < _steps.Count; i++)
        {
            var (before, step) = (_steps[i - 1], _steps[i]);
            time.Go(step.Seconds);
            var felt = Over(before, step, last);
            var inLane = OverInLane(before, step);
            foreach (var sample in sensor.Sense(step, s => clock.TimeAt(TimeSpan.FromSeconds(s))))
            {
                // The first sample after it was driven over.
                var inTime = felt is { } f && sample.Time >= clock.TimeAt(TimeSpan.FromSeconds(f.Seconds));
                waiting.Enqueue((sample, inTime ? felt : null, inLane));
                if (inTime) felt = null;
                inLane = false;
            }

            for (; next < _fixes.Count && _fixes[next].ReadAt <= step.Seconds; next++)
            {
                var fix = _fixes[next].Fix;
                clock.Heard(fix.FixTime, fix.MonotonicMs);
                last = Plane.ToPlace(fix.At);
                trail.Add(steady.Next(fix));
                plain.Add(fix);
            }

            while (waiting.TryPeek(out var ready) && trail.Reaches(ready.Sample.Time))
            {
                waiting.Dequeue();
                trail.Hear(ready.Sample);
                if (ready.Felt is { } event_) tags.Add(Put(event_, ready.Sample.Time, trail, plain));
                if (bothWays && (ready.Felt is not null || ready.InLane) && trail.At(ready.Sample.Time) is { } shock) trail.Feel(shock);
            }
        }

        return trail.Lag;
    }

    private Tagged Put(Felt felt, DateTimeOffset time, FixTrail trail, FixTrail plain)
    {
        var place = trail.At(time);
        return new Tagged(
            _seed, felt.Event, felt.Truth, _road.Centre(_road.Events[felt.Event]), felt.Sky,
            place is { } at ? Plane.ToPlace(at.At) : null, felt.LastFix,
            plain.At(time) is { } straight ? Plane.ToPlace(straight.At) : null, place?.Hdop ?? 1);
    }

    private Felt? Over(TripStep before, TripStep step, Place last)
    {
        if (before.Pass != step.Pass || step.SpeedMps < LeastMps) return null;
        var event_ = _road.Events.FindIndex(e => (e - before.AlongM) * (e - step.AlongM) <= 0);
        if (event_ < 0) return null;
        var share = (_road.Events[event_] - before.AlongM) / (step.AlongM - before.AlongM);
        return new Felt(event_, before.Seconds + share * Driver.StepSeconds, before.At.Towards(step.At, share), TestRoad.SkyAt(step.AlongM), last);
    }

    private bool OverInLane(TripStep before, TripStep step) =>
        before.Pass == step.Pass && step.SpeedMps >= LeastMps
        && (step.Pass % 2 == 0 ? _road.InLaneOut : _road.InLaneBack).Exists(e => (e - before.AlongM) * (e - step.AlongM) <= 0);

    private sealed record Felt(int Event, double Seconds, Place Truth, SkyAbove Sky, Place LastFix);

    // Goes where the drive goes; its wall clock is as wrong as a computer's without a battery.
    private sealed class MovedTime(DateTimeOffset began) : TimeProvider
    {
        private TimeSpan _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public override DateTimeOffset GetUtcNow() => began + _now;

        public void Go(double seconds) => _now = TimeSpan.FromSeconds(seconds);
    }
}
