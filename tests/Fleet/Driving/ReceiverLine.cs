namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>A receiver on its line: measures at its rate, and what it measured is read when it has been computed and sent.</summary>
/// <param name="traits">How it errs, and how late it is.</param>
/// <param name="random">Of its errors.</param>
/// <param name="phase">Receivers do not all tick together: steps by which it is ahead.</param>
public sealed class ReceiverLine(ReceiverTraits traits, Random random, int phase)
{
    private readonly GpsReceiver _receiver = new(random, traits);
    private readonly int _every = (int)Math.Round(1 / (traits.RateHz * Driver.StepSeconds));
    private readonly int _delay = (int)Math.Round(traits.DelaySeconds / Driver.StepSeconds);
    private readonly Queue<(long ReadAt, DateTimeOffset Time, ReceiverFix Fix)> _underWay = [];
    private long _step = phase;

    /// <summary>How far the clock that it sets is behind.</summary>
    public TimeSpan ClockLag { get; } = TimeSpan.FromSeconds(traits.SetsClock ? traits.DelaySeconds : 0);

    /// <summary>A driver has made a step; true when a fix was read at its end.</summary>
    /// <param name="driver">After its step.</param>
    /// <param name="sky">Over it.</param>
    /// <param name="now">Time at the end of the step.</param>
    /// <param name="read">The fix, with the time that is in it.</param>
    public bool Step(Driver driver, SkyAbove sky, DateTimeOffset now, out (DateTimeOffset Time, ReceiverFix Fix) read)
    {
        _receiver.Move(driver.At, driver.Heading, driver.SpeedMps, sky);
        _step++;
        if (_step % _every == 0 && _receiver.Measure(_every * Driver.StepSeconds) is { } said) _underWay.Enqueue((_step + _delay, now, said));
        read = default;
        if (!_underWay.TryPeek(out var next) || next.ReadAt > _step) return false;
        _underWay.Dequeue();
        read = (next.Time, next.Fix);
        return true;
    }
}
