namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Keeps a source's <see cref="SourceHealth"/>: what it gave, and how long it has been silent on the wall clock.</summary>
public sealed class SourceMeter(double staleSeconds, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();
    private long? _heard;
    private string? _missing;
    private string? _unusable;
    private long _readings;
    private long _unreadable;
    private long? _turns;

    public SourceHealth Health
    {
        get
        {
            lock (_lock)
            {
                var silent = time.GetElapsedTime(_heard ?? _started);
                var health =
                    _missing is not null ? new SourceHealth(SourceState.Missing, _missing)
                    : silent.TotalSeconds > staleSeconds ? new SourceHealth(SourceState.Stale, $"no message for {silent.TotalSeconds:0} s")
                    : _heard is null ? new SourceHealth(SourceState.Unknown, "nothing heard yet")
                    : _unusable is not null ? new SourceHealth(SourceState.Stale, _unusable)
                    : new SourceHealth(SourceState.Ok);
                var talks = _missing is null && _heard is not null && silent.TotalSeconds <= staleSeconds;
                return health with { Talks = talks, Readings = _readings, Unreadable = _unreadable, Turns = _turns };
            }
        }
    }

    /// <summary>The thread that waits for a driver came back from it.</summary>
    public void Turned()
    {
        lock (_lock) _turns = (_turns ?? 0) + 1;
    }

    /// <summary>A readable message came.</summary>
    public void Heard()
    {
        lock (_lock)
        {
            _heard = time.GetTimestamp();
            _missing = null;
        }
    }

    /// <summary>A reading was given on.</summary>
    public void Gave(int readings = 1)
    {
        lock (_lock)
        {
            _heard = time.GetTimestamp();
            _missing = null;
            _unusable = null;
            _readings += readings;
        }
    }

    /// <summary>The source talks and gives no reading: why.</summary>
    public void Unusable(string why)
    {
        lock (_lock) _unusable = why;
    }

    /// <summary>A line or message could not be read.</summary>
    public void Unreadable()
    {
        lock (_lock) _unreadable++;
    }

    /// <summary>The source cannot be opened, or ended: why.</summary>
    public void Missing(string why)
    {
        lock (_lock) _missing = why;
    }
}
