using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Verification;

/// <summary>Looks at the repairs that are due, a few at a time, behind everybody else.</summary>
public sealed class WatchRepairs(Database database, CheckRepair check, VerificationOptions options, TimeProvider time, ILogger<WatchRepairs> log) : BackgroundService
{
    private const int AtOnce = 100;

    /// <summary>Looks at all that are due now.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var looked = 0;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        while (true)
        {
            var due = await database.ReadAsync(c => RepairStore.Due(c, now, AtOnce), cancel).ConfigureAwait(false);
            var done = 0;
            if (due.Count > 0)
            {
                await database.WriteInSlicesAsync(scope =>
                {
                    while (done < due.Count && !scope.MustYield) check.Run(scope, due[done++]);
                    return done < due.Count;
                }, cancel).ConfigureAwait(false);
            }

            looked += done;
            if (due.Count < AtOnce) return looked;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever hinders it now, the repairs are still due with the next look.")]
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
                log.NotLooked(e, options.Every);
            }
        }
    }
}
