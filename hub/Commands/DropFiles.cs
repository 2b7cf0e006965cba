using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>Removes logs and raw readings that were kept long enough.</summary>
public sealed class DropFiles(Database database, AttachmentStore store, AttachmentFiles files, CommandsOptions options, TimeProvider time, ILogger<DropFiles> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    /// <returns>How many went.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var old = await database.ReadAsync(c => CommandStore.OldFiles(c, time.GetUtcNow().AddDays(-options.BundleDays)), cancel).ConfigureAwait(false);
        foreach (var command in old) await database.WriteAsync(scope => LetGo(scope, command), WritePriority.Bulk, cancel).ConfigureAwait(false);

        return old.Count;
    }

    // The bytes before the commit: whatever comes between, the next run does both again, and no bytes stay that nobody knows of.
    private void LetGo(WriteScope scope, VehicleCommand command)
    {
        var sha256 = command.File!.Sha256;
        CommandStore.MarkGone(scope, command.Id);
        files.Discard(command.Vehicle, sha256);
        if (store.ForgetBundle(scope, command.Vehicle, CommandFiles.UseOf(command.Id), sha256)) files.Remove(sha256);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever hinders it now, it is tried again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoundFailed(e);
            }
        }
    }
}
