namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>How busy the writer is with people and vehicles, for bulk readers, which share the processor with it.</summary>
internal sealed class WriterLoad(Database database, TimeProvider time)
{
    private TimeSpan worked = database.Worked;
    private long since = time.GetTimestamp();

    /// <returns>The share of the time since the last call, 0 to 1.</returns>
    public double Share()
    {
        var (before, began) = (worked, since);
        (worked, since) = (database.Worked, time.GetTimestamp());
        return time.GetElapsedTime(began, since) is { Ticks: > 0 } passed ? Math.Clamp((worked - before) / passed, 0, 1) : 0;
    }
}
