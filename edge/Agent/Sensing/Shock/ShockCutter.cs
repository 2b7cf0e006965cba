namespace ThreeOneOne.Field.Agent.Sensing.Shock;

/// <summary>
/// Cuts windows of <see cref="ShockFeatures.Samples"/> from a stream of readings in the vehicle's frame: those in which z varies more than in
/// any that overlaps them, when their strongest stands out of the road. Training and scoring cut with it too, so that all three see
/// the same. No window holds readings from either side of a break.
/// </summary>
internal sealed class ShockCutter(SensingOptions options)
{
    private const int Length = ShockFeatures.Samples;

    // A window, and as many samples again in which a stronger one may come.
    private const int Kept = 4 * Length;

    private const double RoadSeconds = 8;

    private readonly Resampler _resampler = new();
    private readonly Queue<CutWindow> _cut = [];
    private readonly MotionReading[] _samples = new MotionReading[Kept];
    private long _count;
    private long _free;
    private long _best;
    private double _most;
    private double _sum;
    private double _squares;
    private double _slow;
    private double _road;

    public void Take(in MotionReading reading)
    {
        if (!_resampler.Joins(reading)) Break();
        _resampler.Add(reading);
        while (_resampler.TryNext(out var sample)) Add(sample);
    }

    /// <summary>What comes next is not connected with what came.</summary>
    public void Break()
    {
        Choose();
        _resampler.Break();
        (_count, _free, _sum, _squares) = (0, 0, 0, 0);
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out CutWindow window) => _cut.TryDequeue(out window);

    private void Add(in MotionReading sample)
    {
        // Without gravity, so that the sum of squares keeps its digits.
        var z = sample.Sample.Z - 9.81;
        _samples[_count++ % Kept] = sample;
        _sum += z;
        _squares += z * z;
        Road(z, sample.Place.SpeedMps);
        if (_count < Length) return;
        if (_count > Length)
        {
            var left = _samples[(_count - 1 - Length) % Kept].Sample.Z - 9.81;
            _sum -= left;
            _squares -= left * left;
        }

        var mean = _sum / Length;
        var varies = _squares / Length - mean * mean;
        if (_count - Length >= _free && varies > _most) (_best, _most) = (_count, varies);
        if (_most > 0 && _count - _best >= Length) Choose();
    }

    private void Choose()
    {
        if (_most == 0) return;
        var from = _best - Length;
        (_free, _most) = (_best, 0);
        var peak = 0.0;
        var mean = 0.0;
        for (var i = from; i < _best; i++) mean += _samples[i % Kept].Sample.Z / Length;
        for (var i = from; i < _best; i++) peak = Math.Max(peak, Math.Abs(_samples[i % Kept].Sample.Z - mean));
        var speed = _samples[(from + Length / 2) % Kept].Place.SpeedMps;
        if (speed < options.MinRoadSpeedMps || peak < Threshold(speed)) return;
        var readings = new MotionReading[Length];
        for (var i = 0; i < Length; i++) readings[i] = _samples[(from + i) % Kept];
        _cut.Enqueue(new CutWindow(
            readings, Array.ConvertAll(readings, r => r.Sample.X), Array.ConvertAll(readings, r => r.Sample.Y), Array.ConvertAll(readings, r => r.Sample.Z),
            Turn(Math.Max(_count - Kept, from - Length), Math.Min(_count, _best + Length)), _count - _best >= Length / 2));
    }

    // The range of courses from the first sample to the last, followed through north.
    private double Turn(long from, long to)
    {
        double? before = null;
        double at = 0, least = 0, most = 0;
        for (var i = Math.Max(0, from); i < to; i++)
        {
            if (_samples[i % Kept].Place.CourseDeg is not { } course) continue;
            if (before is { } last) at += Math.IEEERemainder(course - last, 360);
            before = course;
            (least, most) = (Math.Min(least, at), Math.Max(most, at));
        }

        return most - least;
    }

    private double Threshold(double speedMps) => Math.Max(
        options.MinShockMps2 * Math.Clamp(Math.Sqrt(speedMps / options.ReferenceSpeedMps), 0.6, 1.3), options.ShockOverRms * Math.Sqrt(_road));

    // What the road has shown of late while driving, without its hills; what stands out of it hardly counts.
    private void Road(double z, double speedMps)
    {
        _slow += (z - _slow) / (0.5 * ShockFeatures.RateHz);
        if (speedMps < options.MinRoadSpeedMps) return;
        var square = Math.Min((z - _slow) * (z - _slow), 9 * Math.Max(_road, 0.04));
        _road += (square - _road) / (RoadSeconds * ShockFeatures.RateHz);
    }
}
