namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>How many calls the city's server may get now: a bucket that fills by the minute, and a pause when the city asks for one.</summary>
public sealed class CityPace(CitySystemOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly double most = Math.Max(options.Concurrency, options.CallsPerMinute / 10.0);
    private double free = Math.Max(options.Concurrency, options.CallsPerMinute / 10.0);
    private DateTimeOffset filled = time.GetUtcNow();
    private DateTimeOffset pausedUntil = DateTimeOffset.MinValue;

    /// <summary>Until when the city asked for peace.</summary>
    public DateTimeOffset PausedUntil
    {
        get
        {
            lock (gate) return pausedUntil;
        }
    }

    /// <summary>Calls that may begin now.</summary>
    public int Free()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            free = Math.Min(most, free + Math.Max(0, (now - filled).TotalMinutes) * options.CallsPerMinute);
            filled = now;
            return now < pausedUntil ? 0 : (int)Math.Floor(Math.Max(0, free));
        }
    }

    /// <summary>A call begins. It may be one more than is free: then the next ones wait for longer.</summary>
    public void Take()
    {
        lock (gate) free -= 1;
    }

    public void PauseUntil(DateTimeOffset until)
    {
        lock (gate)
        {
            if (until > pausedUntil) pausedUntil = until;
        }
    }
}
