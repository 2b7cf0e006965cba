namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>
/// Simulated time of a part of the fleet: begins in the past and runs <c>speed</c> times as fast as the wall clock, so
/// that it catches up without ever lying in the future; once it has caught up it runs with the wall clock. It may run
/// through several windows, such as nights: from the end of one it goes on at the start of the next, never back.
/// </summary>
public sealed class SimulationClock
{
    // What still travels (a second of simulated buffering) must not overtake the wall clock either.
    public static readonly TimeSpan Behind = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly IReadOnlyList<TimeWindow> _windows;
    private readonly double _speed;
    private long? _began;
    private long? _stopped;

    /// <param name="time">The wall clock.</param>
    /// <param name="windows">What is driven, in order and apart; at the end of the last one time stands.</param>
    /// <param name="speed">Simulated seconds in one second.</param>
    public SimulationClock(TimeProvider time, IReadOnlyList<TimeWindow> windows, double speed)
    {
        if (windows.Count == 0) throw new ArgumentException("there is no time to drive in", nameof(windows));
        (_time, _windows, _speed) = (time, windows, speed);
    }

    public DateTimeOffset Start => _windows[0].Start;

    public DateTimeOffset Now => Read().Now;

    /// <summary>The present, and since when it has run without a jump.</summary>
    public (DateTimeOffset Now, DateTimeOffset Since) Read()
    {
        if (_began is not { } began) return (Start, Start);
        var left = _time.GetElapsedTime(began, _stopped ?? _time.GetTimestamp()) * _speed;
        var i = 0;
        for (; i < _windows.Count - 1 && left >= _windows[i].Length; i++) left -= _windows[i].Length;
        var window = _windows[i];
        var now = left < window.Length ? window.Start + left : window.End;
        var limit = _time.GetUtcNow() - Behind;
        if (now <= limit) return (now, window.Start);
        return limit < window.Start ? (window.Start, window.Start) : (limit, window.Start);
    }

    /// <summary>Time runs from now on.</summary>
    public void Begin() => _began ??= _time.GetTimestamp();

    /// <summary>Time stands still from now on: sensing is over.</summary>
    public void Stop() => _stopped ??= _time.GetTimestamp();
}
