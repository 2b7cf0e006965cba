namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>
/// Simulated time of a part of the fleet: begins in the past and runs <c>speed</c> times as fast as the wall clock, so
/// that it catches up without ever lying in the future; once it has caught up it runs with the wall clock.
/// </summary>
public sealed class SimulationClock
{
    // What still travels (a second of simulated buffering) must not overtake the wall clock either.
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private long? _began;
    private readonly double _speed;
    private readonly DateTimeOffset _latest;
    private long? _stopped;

    /// <param name="time">The wall clock.</param>
    /// <param name="start">Simulated time at the beginning.</param>
    /// <param name="speed">Simulated seconds in one second.</param>
    /// <param name="latest">Never goes beyond this: the end of the night.</param>
    public SimulationClock(TimeProvider time, DateTimeOffset start, double speed, DateTimeOffset latest)
    {
        (_time, _speed, _latest) = (time, speed, latest);
        Start = start;
    }

    public DateTimeOffset Start { get; }

    public DateTimeOffset Now
    {
        get
        {
            if (_began is not { } began) return Start;
            var elapsed = _time.GetElapsedTime(began, _stopped ?? _time.GetTimestamp());
            var now = Start + elapsed * _speed;
            var limit = _time.GetUtcNow() - Behind;
            if (_latest < limit) limit = _latest;
            return now < limit ? now : limit < Start ? Start : limit;
        }
    }

    /// <summary>Time runs from now on.</summary>
    public void Begin() => _began ??= _time.GetTimestamp();

    /// <summary>Time stands still from now on: sensing is over.</summary>
    public void Stop() => _stopped ??= _time.GetTimestamp();
}
