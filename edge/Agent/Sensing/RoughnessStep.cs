using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// How each stretch drove, and how many shocks it gave: a stretch that was assessed from end to end and gave none is what
/// speaks against a pothole there. Nothing is said about a stretch that was not assessed throughout.
/// </summary>
public sealed class RoughnessStep(SensingOptions options) : SensingStep
{
    public const string RuleVersion = "rough-1";

    private const double LeastRateHz = 30;
    private const double SettleSeconds = 3;

    // Half of the root mean square's own scatter comes from speed changes beyond this.
    private const double SteadySpeedShare = 0.3;

    // A shock is concluded at most this long after it was felt.
    private static readonly TimeSpan LateShock = TimeSpan.FromSeconds(4);

    private readonly VerticalFilter _filter = new();
    private readonly Queue<Stretch> _waiting = [];
    private readonly List<DateTimeOffset> _shocks = [];
    private Stretch? _open;

    public override void Take(in MotionReading reading)
    {
        var vertical = _filter.Next(reading.Sample);
        var now = reading.Sample.Time;
        while (_waiting.TryPeek(out var done) && (now - done.Last.Sample.Time).Duration() > LateShock) Emit(_waiting.Dequeue());
        if (vertical is not { } v || _filter.RateHz < LeastRateHz || _filter.RunningSeconds < SettleSeconds
            || reading.Place.SpeedMps < options.MinRoadSpeedMps || reading.Place.Hdop > options.MaxHdop)
        {
            _open = null;
            return;
        }

        _open ??= new Stretch(reading);
        _open.Add(reading, v, options.StretchM / 2);
        if (_open.LengthM < options.StretchM) return;
        _waiting.Enqueue(_open);
        _open = new Stretch(reading);
    }

    public override void BreakMotion()
    {
        _filter.Break();
        _open = null;
        while (_waiting.TryDequeue(out var done)) Emit(done);
    }

    public override void Heard(Conclusion conclusion)
    {
        if (conclusion.Shock is null && !conclusion.Felt) return;
        _shocks.Add(conclusion.Place.Time);
        if (_shocks.Count > 100) _shocks.RemoveAt(0);
    }

    private void Emit(Stretch stretch)
    {
        var speed = stretch.MeanSpeedMps;
        var steady = stretch.MostSpeedMps - stretch.LeastSpeedMps < SteadySpeedShare * speed;
        var from = stretch.First.Place;
        var to = stretch.Last.Place;
        Conclude(new Conclusion(stretch.Middle.Place, stretch.Middle.DeviceTime, stretch.Middle.MonotonicMs)
        {
            Roughness = new RoughnessObservation
            {
                From = from.At.Rounded(),
                To = to.At.Rounded(),
                LengthM = Math.Round(stretch.LengthM, 1),
                RmsMps2 = Math.Round(stretch.RmsMps2, 3),
                IriMPerKm = steady ? Math.Round(IriEstimate.MPerKm(stretch.RmsMps2, speed), 2) : null,
                SpeedMps = Math.Round(speed, 2),
                CourseDeg = stretch.Middle.Place.CourseDeg,
                Hdop = stretch.Middle.Place.Hdop,
                Shocks = _shocks.Count(t => t >= from.Time && t < to.Time),
                Rule = RuleVersion,
            },
        });
    }

    private sealed class Stretch(MotionReading first)
    {
        private double _squares;
        private double _speeds;
        private int _count;

        public MotionReading First { get; } = first;

        public MotionReading Middle { get; private set; } = first;

        public MotionReading Last { get; private set; } = first;

        public double LengthM { get; private set; }

        public double LeastSpeedMps { get; private set; } = first.Place.SpeedMps;

        public double MostSpeedMps { get; private set; } = first.Place.SpeedMps;

        public double MeanSpeedMps => _speeds / _count;

        public double RmsMps2 => Math.Sqrt(_squares / _count);

        public void Add(in MotionReading reading, double vertical, double halfM)
        {
            // Speed over ground times time: the sum of small position steps would add up the receiver's noise.
            LengthM += reading.Place.SpeedMps * Math.Max(0, (reading.Sample.Time - Last.Sample.Time).TotalSeconds);
            if (LengthM <= halfM) Middle = reading;
            Last = reading;
            _squares += vertical * vertical;
            _speeds += reading.Place.SpeedMps;
            _count++;
            LeastSpeedMps = Math.Min(LeastSpeedMps, reading.Place.SpeedMps);
            MostSpeedMps = Math.Max(MostSpeedMps, reading.Place.SpeedMps);
        }
    }
}
