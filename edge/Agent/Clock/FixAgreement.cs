namespace ThreeOneOne.Field.Agent.Clock;

/// <summary>
/// Believes a receiver only when several fixes in a row say the same of the monotonic clock: a cold receiver shows its own
/// calendar for a moment, and a line that hung delivers old fixes in a burst.
/// </summary>
internal sealed class FixAgreement
{
    private const int Needed = 3;
    private const long MostApartMs = 500;

    private readonly Queue<long> offsets = new(Needed);

    /// <returns>The offset, from the fix that was read with the least delay; null while they do not agree.</returns>
    public long? Add(long offsetMs)
    {
        if (offsets.Count == Needed) offsets.Dequeue();
        offsets.Enqueue(offsetMs);
        return offsets.Count == Needed && offsets.Max() - offsets.Min() <= MostApartMs ? offsets.Max() : null;
    }
}
