using ThreeOneOne.Field.Agent.Sensing.Response;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// How each stretch drove, and how many shocks it gave: a stretch that was assessed from end to end and gave none is what
/// speaks against a pothole there. Nothing is said about a stretch that was not assessed throughout.
/// </summary>
public sealed class RoughnessStep(SensingOptions options) : SensingStep
{
    public const string RuleVersion = "rough-2";

    private const double LeastRateHz = 30;
    private const double SettleSeconds = 3;

    // Below it, no band is left in which a car does not move.
    private const double LeastResponseRateHz = 45;

    // Long waves fill no shorter part; longer ones lose the streets' corners.
    private const double PartM = 10;

    // A shock is concluded at most this long after it was felt.
    private static readonly TimeSpan LateShock = TimeSpan.FromSeconds(4);

    private readonly VerticalFilter _filter = new();
    private readonly double[] _unheard = new double[ResponseBands.Count];
    private readonly Queue<Stretch> _waiting = [];
    private readonly List<DateTimeOffset> _shocks = [];
    private ResponseBands? _bands;
    private double _settledAt;
    private Stretch? _open;

    public override void Take(in MotionReading reading)
    {
        var vertical = _filter.Next(reading.Sample);
        var now = reading.Sample.Time;
        while (_waiting.TryPeek(out var done) && (now - done.Last.Sample.Time).Duration() > LateShock) Emit(_waiting.Dequeue());
        var bands = Bands(vertical is not null);
        if (vertical is not { } v || _filter.RateHz < LeastRateHz || _filter.RunningSeconds < SettleSeconds
            || reading.Place.SpeedMps < options.MinRoadSpeedMps || reading.Place.Hdop > options.MaxHdop)
        {
            // Filters run on below the assessed speed, so that they have settled when it is reached.
            bands?.Add(vertical ?? 0, _unheard);
            _open = null;
            return;
        }

        _open ??= new Stretch(reading, options.StretchM, bands);
        _open.Add(reading, v, bands, settled: _filter.RunningSeconds >= _settledAt);
        if (_open.LengthM < options.StretchM) return;
        _waiting.Enqueue(_open);
        _open = new Stretch(reading, options.StretchM, bands);
    }

    public override void BreakMotion()
    {
        _filter.Break();
        _bands = null;
        _open = null;
        while (_waiting.TryDequeue(out var done)) Emit(done);
    }

    public override void Heard(Conclusion conclusion)
    {
        if (conclusion.Shock is null && !conclusion.Felt) return;
        _shocks.Add(conclusion.Place.Time);
        if (_shocks.Count > 100) _shocks.RemoveAt(0);
    }

    private ResponseBands? Bands(bool running)
    {
        if (!running || _filter.RunningSeconds < SettleSeconds / 2 || _filter.RateHz < LeastResponseRateHz) return _bands = null;
        if (_bands?.Fits(_filter.RateHz) == true) return _bands;
        _settledAt = _filter.RunningSeconds + SettleSeconds;
        return _bands = new ResponseBands(_filter.RateHz);
    }

    private void Emit(Stretch stretch)
    {
        var from = stretch.First.Place;
        var to = stretch.Last.Place;
        var squares = stretch.Squares(_shocks);
        var known = squares?.OfType<(double Square, double Hum)>().ToArray() ?? [];
        // One part without a shock is worth telling: to ask for more of them made the calibrated streets worse and fewer (0101).
        var told = known.Length > 0;
        Conclude(new Conclusion(stretch.Middle.Place, stretch.Middle.DeviceTime, stretch.Middle.MonotonicMs)
        {
            Roughness = new RoughnessObservation
            {
                From = from.At.Rounded(),
                To = to.At.Rounded(),
                LengthM = Math.Round(stretch.LengthM, 1),
                RmsMps2 = Math.Round(stretch.RmsMps2, 3),
                EstimateMPerKm = told ? Math.Round(Math.Sqrt(Math.Max(0, known.Average(k => k.Square))), 2) : null,
                Squares = told ? Array.ConvertAll(squares!, s => s is { } part ? Rounded(part.Square) : (double?)null) : null,
                Hum = told ? Rounded(known.Average(k => k.Hum)) : null,
                SpeedMps = Math.Round(stretch.MeanSpeedMps, 2),
                LeastSpeedMps = Math.Round(stretch.LeastSpeedMps, 2),
                MostSpeedMps = Math.Round(stretch.MostSpeedMps, 2),
                CourseDeg = stretch.Middle.Place.CourseDeg,
                Hdop = stretch.Middle.Place.Hdop,
                Shocks = _shocks.Count(t => t >= from.Time && t < to.Time),
                Rule = RuleVersion,
            },
        });
    }

    private static double Rounded(double square) => Math.Round(square, square < 100 ? 2 : 0);

    private sealed class Stretch(MotionReading first, double stretchM, ResponseBands? bands)
    {
        private readonly StretchCell[] _cells =
            bands is null ? [] : [.. Enumerable.Range(0, Math.Max(1, (int)Math.Round(stretchM / PartM))).Select(_ => new StretchCell())];

        private double _squares;
        private double _speeds;
        private int _count;
        private bool _settled = bands is not null;

        public MotionReading First { get; } = first;

        public MotionReading Middle { get; private set; } = first;

        public MotionReading Last { get; private set; } = first;

        public double LengthM { get; private set; }

        public double LeastSpeedMps { get; private set; } = first.Place.SpeedMps;

        public double MostSpeedMps { get; private set; } = first.Place.SpeedMps;

        public double MeanSpeedMps => _speeds / _count;

        public double RmsMps2 => Math.Sqrt(_squares / _count);

        public (double Square, double Hum)?[]? Squares(List<DateTimeOffset> shocks) => _settled ? Array.ConvertAll(_cells, c => c.Square(bands!, shocks)) : null;

        public void Add(in MotionReading reading, double vertical, ResponseBands? now, bool settled)
        {
            // Speed over ground times time: the sum of small position steps would add up the receiver's noise.
            LengthM += reading.Place.SpeedMps * Math.Max(0, (reading.Sample.Time - Last.Sample.Time).TotalSeconds);
            if (LengthM <= stretchM / 2) Middle = reading;
            Last = reading;
            _squares += vertical * vertical;
            _speeds += reading.Place.SpeedMps;
            _count++;
            LeastSpeedMps = Math.Min(LeastSpeedMps, reading.Place.SpeedMps);
            MostSpeedMps = Math.Max(MostSpeedMps, reading.Place.SpeedMps);
            // Another rate is another filter: of such a stretch nothing but its shocks is told.
            _settled &= settled && now is not null && ReferenceEquals(now, bands);
            if (!_settled) return;
            var cell = Math.Min(_cells.Length - 1, (int)(LengthM / stretchM * _cells.Length));
            _cells[cell].Add(reading.Sample.Time, vertical, reading.Place.SpeedMps, bands!);
        }
    }
}
