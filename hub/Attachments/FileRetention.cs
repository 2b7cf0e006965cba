using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// Lets go of files whose time is over, by class, unless somebody holds them. What the file was, its hash and who sent it stay: a
/// record of what there was, and a vehicle is not asked for it again.
/// </summary>
public sealed class FileRetention(AttachmentsOptions options, Database database, AttachmentFiles files, ShownPicture shown, TimeProvider time, ILogger<FileRetention> log)
    : BackgroundService
{
    private const int Slice = 200;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <returns>Files that went.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        (bool Resident, bool Audio, int Days)[] classes =
            [(true, false, options.ResidentDays), (true, true, options.ResidentDays), (false, false, options.PhotoDays), (false, true, options.VoiceDays)];
        var gone = 0;
        foreach (var (resident, audio, days) in classes.Where(c => c.Days > 0))
        {
            var before = time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds();
            while (await database.ReadAsync(c => FileLifeStore.Over(c, resident, audio, before, Slice), cancel).ConfigureAwait(false) is { Count: > 0 } over)
            {
                foreach (var sha256 in over)
                {
                    if (!await database.WriteAsync(scope => LetGo(scope, sha256), WritePriority.Bulk, cancel).ConfigureAwait(false)) continue;
                    shown.Forget(sha256);
                    gone++;
                }
            }
        }

        return gone;
    }

    // Deleted before the note is committed: whatever comes between, the next run does both again, and no bytes stay that nobody knows of.
    private bool LetGo(WriteScope scope, string sha256)
    {
        if (!FileLifeStore.Remove(scope, sha256)) return false;
        files.Remove(sha256);
        return true;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever hinders it now, it is tried again, and keeping too long harms less than ending the hub.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                if (await RunAsync(stoppingToken).ConfigureAwait(false) is > 0 and var gone) log.LetGo(gone);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.NotLetGo(e);
            }
        }
    }
}
