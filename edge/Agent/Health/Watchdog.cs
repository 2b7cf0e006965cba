using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>
/// Tells the service manager that the program works, as long as it was seen to. When something stands still it falls silent until that goes on; the
/// manager kills the program after its time, and what is on disk is all that counts.
/// </summary>
/// <param name="notice">The manager.</param>
/// <param name="stuck">Says what stands still; null when all goes on.</param>
/// <param name="status">A line about the vehicle.</param>
/// <param name="time">Paces it.</param>
/// <param name="log">Told why it fell silent.</param>
public sealed class Watchdog(ServiceNotice notice, Func<string?> stuck, Func<string> status, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Unwatched = TimeSpan.FromSeconds(30);

    // A status that changes every few seconds is journal for nobody.
    private static readonly TimeSpan BetweenStatus = TimeSpan.FromSeconds(30);

    /// <summary>What may stand still for how long: half of the manager's time, so that two looks fit before it.</summary>
    public static TimeSpan Patience(ServiceNotice notice) => (notice.Watchdog ?? Unwatched * 4) / 2;

    /// <summary>Says that the program is ready, then that it is alive, a few times in the manager's time, until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        notice.Ready();
        using var timer = new PeriodicTimer(notice.Watchdog is { } longest ? longest / 4 : Unwatched, time);
        var (told, since) = ("", 0L);
        var silent = false;
        do
        {
            if (stuck() is { } why)
            {
                if (!silent) log.StandsStill(why);
                silent = true;
                notice.Status(why);
                continue;
            }

            silent = false;
            notice.Alive();
            var line = status();
            if (line == told || (since != 0 && time.GetElapsedTime(since) < BetweenStatus)) continue;
            notice.Status(line);
            (told, since) = (line, time.GetTimestamp());
        }
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }
}
