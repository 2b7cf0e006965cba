namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Spreads long work, so that most of the time belongs to whoever comes in meanwhile. A rest is measured by the work before it:
/// on a busy machine or disk that takes longer, and so does the rest.
/// </summary>
/// <param name="rest">How many times as long as the work.</param>
/// <param name="time">Measures both.</param>
internal sealed class Pace(double rest, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private long began = time.GetTimestamp();

    /// <summary>After a piece of work.</summary>
    public async Task RestAsync(CancellationToken cancel)
    {
        await Task.Delay(Due(), time, cancel).ConfigureAwait(false);
        began = time.GetTimestamp();
    }

    /// <summary>The same inside of a call that cannot be left, when it has worked for long enough.</summary>
    public void RestHere(TimeSpan longEnough, CancellationToken cancel)
    {
        if (time.GetElapsedTime(began) < longEnough) return;
        _ = cancel.WaitHandle.WaitOne(Due());
        began = time.GetTimestamp();
    }

    private TimeSpan Due() => time.GetElapsedTime(began) * rest is var due && due < Longest ? due : Longest;
}
