using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>Lets go of hours that were kept long enough, behind everybody else.</summary>
public sealed class CoverageRetention(CoverageOptions options, Database database, TimeProvider time, ILogger<CoverageRetention> log) : BackgroundService
{
    private const int AtOnce = 500;

    /// <returns>Hours that went.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (options.Days == 0) return 0;
        var (before, gone) = (time.GetUtcNow().AddDays(-options.Days), 0);
        await database.WriteInSlicesAsync(scope =>
        {
            int removed;
            do gone += removed = CoverageStore.RemoveBefore(scope, before, AtOnce);
            while (removed == AtOnce && !scope.MustYield);
            return removed == AtOnce;
        }, cancel).ConfigureAwait(false);
        return gone;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever hinders it now, the hours are still over with the next look.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.NotLetGo(e, options.Every);
            }
        }
    }
}
