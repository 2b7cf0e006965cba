using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>Forgets who reported, when it has been kept for as long as the city says. The requests stay.</summary>
internal sealed class ForgetReporters(Open311Options options, Database database, TimeProvider time, ILogger<ForgetReporters> log) : BackgroundService
{
    private const int Slice = 200;
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    /// <returns>How many reporters were forgotten.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var before = time.GetUtcNow().AddDays(-options.ReporterDays);
        var total = 0;
        await database.WriteInSlicesAsync(scope =>
        {
            var gone = Open311Store.Forget(scope, before, Slice);
            total += gone;
            return gone == Slice;
        }, cancel).ConfigureAwait(false);
        return total;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever hinders it now, it is tried again: keeping too long must not end the hub.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                if (await RunAsync(stoppingToken).ConfigureAwait(false) is > 0 and var forgotten) log.Forgot(forgotten);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.NotForgotten(e, Every);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
