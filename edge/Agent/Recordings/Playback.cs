namespace ThreeOneOne.Field.Agent.Recordings;

/// <summary>
/// Plays the recordings of one vehicle together: the first fix sets how far all of them are moved in time, and when each
/// of their readings is due. Recordings of motion and light wait for that fix.
/// </summary>
public sealed class Playback
{
    private readonly TimeProvider _time;
    private readonly double _pace;
    private readonly DateTimeOffset? _rebaseTo;
    private readonly bool _positionLeads;
    private readonly TaskCompletionSource<Anchor> _anchor = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="pace">Recorded seconds played in one second.</param>
    /// <param name="rebaseTo">Where in time the first fix is moved; null: nothing is moved.</param>
    /// <param name="positionLeads">False when the position is live and nothing waits for it.</param>
    /// <param name="time">Wall clock that paces.</param>
    public Playback(double pace, DateTimeOffset? rebaseTo, bool positionLeads, TimeProvider time)
    {
        _time = time;
        _pace = pace;
        _rebaseTo = rebaseTo;
        _positionLeads = positionLeads || rebaseTo is not null;
    }

    /// <summary>True when times are moved.</summary>
    public bool Rebases => _rebaseTo is not null;

    /// <summary>The first fix of the recording was at this time. Only the first call counts.</summary>
    public void Begin(DateTimeOffset firstFix) =>
        _anchor.TrySetResult(new Anchor(firstFix, _time.GetTimestamp(), _rebaseTo is { } to ? to - firstFix : TimeSpan.Zero));

    /// <summary>A recorded time as the vehicle tells it: moved by the one constant.</summary>
    /// <returns>When the first fix is known, which may be never.</returns>
    public async ValueTask<DateTimeOffset> RebasedAsync(DateTimeOffset recorded, CancellationToken stop) =>
        recorded + (await AnchorAsync(recorded, stop).ConfigureAwait(false)).Shift;

    /// <summary>Waits until a reading of this recorded time is due; at once for one from before the first fix.</summary>
    public async ValueTask DueAsync(DateTimeOffset recorded, CancellationToken stop)
    {
        var anchor = await AnchorAsync(recorded, stop).ConfigureAwait(false);
        var wait = (recorded - anchor.FirstFix) / _pace - _time.GetElapsedTime(anchor.Timestamp);
        if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait, _time, stop).ConfigureAwait(false);
    }

    private ValueTask<Anchor> AnchorAsync(DateTimeOffset recorded, CancellationToken stop)
    {
        // With a live receiver nothing is moved, and a recording beside it starts with its own first reading.
        if (!_positionLeads) Begin(recorded);
        return _anchor.Task.IsCompleted ? new(_anchor.Task.Result) : new(_anchor.Task.WaitAsync(stop));
    }

    private readonly record struct Anchor(DateTimeOffset FirstFix, long Timestamp, TimeSpan Shift);
}
