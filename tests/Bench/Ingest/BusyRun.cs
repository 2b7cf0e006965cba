namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>The steady run once more, while a backup, a full export and retention go on as long as it lasts.</summary>
internal static class BusyRun
{
    public static async Task<IngestRig.Result> MeasureAsync(
        BenchContext context, IngestRig rig, BenchBroker broker, HubUnderTest hub, double perSecond, double seconds, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (backups, exported) = (0, 0L);
        var backup = RepeatAsync(async () =>
        {
            var target = Path.Combine(context.Scratch, $"backup-{backups}");
            await hub.CommandAsync(["backup", target], stop).ConfigureAwait(false);
            Directory.Delete(target, recursive: true);
            backups++;
        }, over.Token);
        var export = RepeatAsync(async () =>
        {
            await using var stream = await hub.Client.GetStreamAsync(new Uri("/api/ingest/export", UriKind.Relative), over.Token).ConfigureAwait(false);
            var buffer = new byte[64 * 1024];
            while (await stream.ReadAsync(buffer, over.Token).ConfigureAwait(false) is > 0 and var n) exported += n;
        }, over.Token);
        var result = await Task.Run(() => rig.Pace("… while busy", broker, hub, perSecond, seconds, stop), stop).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(backup, export).ConfigureAwait(false);
        context.Out.WriteLine($"                     meanwhile {backups} backups, {exported / 1e6:0} MB exported, retention every second");
        return result;
    }

    private static async Task RepeatAsync(Func<Task> work, CancellationToken over)
    {
        try
        {
            while (!over.IsCancellationRequested) await work().ConfigureAwait(false);
        }
        catch (Exception e) when (over.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // Broken off in the middle of an export.
        }
    }
}
