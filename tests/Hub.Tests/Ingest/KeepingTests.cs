using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Ingest;

/// <summary>Retention, backup and export of what vehicles sent.</summary>
public sealed class KeepingTests
{
    [Fact]
    public async Task Retention_removes_whole_days_and_old_rows_and_what_went_does_not_come_back()
    {
        var options = new RetentionOptions { TrackDays = 30, ObservationDays = 30, HealthDays = 0, WorkDays = 0 };
        await using var hub = await TestHub.StartAsync(change: s => s.AddRetention(options));
        await hub.RegisterAsync();
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(TrackOf(1, 40), TrackOf(2, 0), Sample.Lamp(3), Sample.Lamp(4), Sample.Health(5)));
        await hub.DrainedAsync();
        // Rows go by their arrival: one lamp has been here for long.
        var old = TimeProvider.System.GetUtcNow().AddDays(-31).ToUnixTimeMilliseconds();
        await hub.Database.WriteAsync(s => s.Execute("UPDATE readings SET received_ms=@old WHERE seq IN (3, 5)", new { old }), WritePriority.Bulk, default);

        var retention = hub.Services.GetRequiredService<Retention>();
        Assert.Equal((1, 1L), await retention.RunAsync(default));
        Assert.Equal((0, 0L), await retention.RunAsync(default));
        Assert.Equal([2, 4, 5], await SeqsAsync(hub));
        Assert.Single(Directory.GetFiles(Path.Combine(hub.Folder, "tracks")), f => f.EndsWith(".db", StringComparison.Ordinal));

        hub.Broker.Up(Sample.UpTopic, Sample.Batch(TrackOf(1, 40), Sample.Lamp(3)));
        await hub.DrainedAsync();
        Assert.Equal((5, 2), (await hub.FigureAsync("records"), await hub.FigureAsync("duplicates")));
        Assert.Equal([2, 4, 5], await SeqsAsync(hub));
    }

    [Fact]
    public async Task A_backup_taken_while_records_come_in_goes_on_where_it_was_taken()
    {
        var target = Path.Combine(Path.GetTempPath(), $"field-backup-{Guid.NewGuid():n}");
        try
        {
            WireRecord[] sent = [.. Enumerable.Range(1, 600).Select(n => n % 3 == 0 ? TrackOf(n, n % 4) : Sample.Lamp(n))];
            await using (var hub = await TestHub.StartAsync())
            {
                await hub.RegisterAsync();
                hub.Broker.Up(Sample.UpTopic, Sample.Batch(sent[..200]));
                await hub.DrainedAsync();
                await File.WriteAllTextAsync(Path.Combine(hub.Folder, "key.pem"), "secret");
                var backup = Backup.RunAsync(TestStorage.Options(hub.Folder), target, [], TimeProvider.System, default);
                foreach (var chunk in sent[200..].Chunk(10)) hub.Broker.Up(Sample.UpTopic, Sample.Batch(chunk));
                await backup;
                await hub.DrainedAsync();
            }

            Assert.False(File.Exists(Path.Combine(target, "hub.lock")));
            Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(target, "key.pem")));
            Assert.All(Directory.GetFiles(target, "*.db", SearchOption.AllDirectories), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
            await using var restored = await TestHub.StartAsync(folder: await TestStorage.RestoreAsync(target, []));
            var known = (await restored.Database.ReadAsync(c => restored.Services.GetRequiredService<IngestStore>().Epochs(c, Sample.Vehicle), default))
                .SelectMany(e => e.Ranges).Sum(r => r.Last - r.First + 1);
            Assert.InRange(known, 200, 600);
            // Everything that it says has arrived is there, tracks too; what came later comes again, once.
            Assert.True((await SeqsAsync(restored)).Count >= known);
            restored.Broker.Up(Sample.UpTopic, Sample.Batch(sent));
            await restored.DrainedAsync();
            Assert.Equal(Enumerable.Range(1, 600).Select(n => (long)n), await SeqsAsync(restored));
            Assert.Equal(0, await restored.AsideAsync(AsideReason.Fork));
            Assert.Equal(known, await restored.FigureAsync("duplicates"));
        }
        finally
        {
            TestStorage.Delete(target);
        }
    }

    [Fact]
    public async Task A_backup_says_what_is_wrong_with_its_target()
    {
        await using var hub = await TestHub.StartAsync();
        async Task<string> FaultAsync(string folder, string target) =>
            (await Assert.ThrowsAsync<InvalidOperationException>(() => Backup.RunAsync(TestStorage.Options(folder), target, [], TimeProvider.System, default))).Message;
        Assert.Contains("is not empty", await FaultAsync(hub.Folder, "/tmp"), StringComparison.Ordinal);
        Assert.Contains("does not belong", await FaultAsync(hub.Folder, Path.Combine(hub.Folder, "backup")), StringComparison.Ordinal);
        Assert.Contains("holds no hub's data", await FaultAsync("/tmp/no-hub-here", "/tmp/none"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_holds_every_record_as_it_was_written()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.RegisterAsync();
        WireRecord[] sent = [.. Enumerable.Range(1, 1_200).Select(n => n % 2 == 0 ? TrackOf(n, n % 3) : Sample.Lamp(n))];
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(sent));
        await hub.DrainedAsync();
        var lines = (await hub.Client.GetStringAsync(new Uri("/api/ingest/export", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var records = lines.Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.All(records, r => Assert.Equal((Sample.Vehicle, Sample.Epoch), (r.GetProperty("vehicle").GetString(), r.GetProperty("epoch").GetString())));
        Assert.Equal(
            sent.Select(r => WireCodec.ContentHash(Sample.Json(r))).Order(StringComparer.Ordinal),
            records.Select(r => WireCodec.ContentHash(System.Text.Encoding.UTF8.GetBytes(r.GetProperty("record").GetRawText()))).Order(StringComparer.Ordinal));
    }

    private static WireRecord TrackOf(long seq, int daysAgo) => Sample.Track(seq) with
    {
        Track = Track.FromFixes([.. Enumerable.Range(0, 10).Select(i => new TrackFix(Sample.Time.AddDays(-daysAgo).AddSeconds(i), Sample.Place.MovedByM(i * 10, seq).Rounded(), 10, 90, 0.9))]),
    };

    private static async Task<IReadOnlyList<long>> SeqsAsync(TestHub hub) =>
        [.. (await hub.Client.GetStringAsync(new Uri("/api/ingest/ledger?vehicle=unit-214", UriKind.Relative)))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("seq").GetInt64())];
}
