using System.Diagnostics;

namespace ThreeOneOne.Field.Support;

/// <summary>Waits for a condition instead of an amount of time.</summary>
public static class Eventually
{
    // Only what never comes true takes so long: a busy machine makes a test slower and nothing else.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    /// <exception cref="TimeoutException">It did not come true; <paramref name="what"/> says what was waited for.</exception>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, within);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string, TimeSpan?)"/>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="what">What is waited for.</param>
    /// <param name="within">How long.</param>
    /// <param name="between">Pause between two questions, for conditions that cost something.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null, TimeSpan? between = null)
    {
        var longest = within ?? Longest;
        var began = Stopwatch.GetTimestamp();
        while (!await condition().ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(began) > longest) throw new TimeoutException($"not within {longest.TotalSeconds} s: {what}");
            await Task.Delay(between ?? Between).ConfigureAwait(false);
        }
    }
}
