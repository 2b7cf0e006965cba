using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>Ends by rule what nobody signed off, so that no crew is on shift for days and no order waits on its vehicle.</summary>
public sealed class EndForgottenShifts(Database database, CrewsOptions options, TimeProvider time, ILogger<EndForgottenShifts> log) : BackgroundService
{
    private const int MostAtOnce = 100;

    /// <summary>Looks once.</summary>
    /// <returns>How many ended.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        var longest = TimeSpan.FromHours(options.LongestShiftHours);
        var due = await database.ReadAsync(
            c => CrewStore.LastingSince(c, (time.GetUtcNow() - longest).ToUnixTimeMilliseconds(), MostAtOnce), cancel).ConfigureAwait(false);
        if (due.Count == 0) return 0;
        var ended = await database.WriteAsync(scope => due.FindAll(shift => ProjectShifts.EndByRule(scope, shift, longest)), WritePriority.Interactive, cancel).ConfigureAwait(false);
        foreach (var shift in ended) log.ShiftForgotten(shift, longest);
        return ended.Count;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failing round is logged and the next one tries again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.LookSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LookFailed(e);
            }
        }
    }
}
