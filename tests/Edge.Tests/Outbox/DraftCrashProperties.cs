using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>A draft on its way to a record, cut at every step and any byte: nothing saved is lost, nothing comes twice.</summary>
public class DraftCrashProperties : IDisposable
{
    protected virtual DataKey? Key => null;

    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(120).WithReplay(311, 0x33);
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Cut_at_any_step_and_byte_what_was_saved_is_there_once()
    {
        var steps = await DriveAsync();
        var torn = from step in Gen.Choose(1, steps.Count - 1)
                   from share in Gen.Choose(0, 1000)
                   select (step, share);
        Prop.ForAll(torn.ToArbitrary(), at => Check(steps[at.step - 1], steps[at.step], at.share)).Check(Cases);
    }

    [Fact]
    public async Task Cut_at_every_byte_of_the_step_from_draft_to_record()
    {
        var steps = await DriveAsync();
        var block = steps.FindIndex(s => s.Step == "block");
        foreach (var (before, after) in new[] { (steps[block - 1], steps[block]), (steps[block], steps[block + 1]) })
        {
            var longest = after.Files.Max(f => Changed(before, f.Key, f.Value).Length);
            for (var cut = 0; cut <= longest; cut += 29) Check(before, after, cut * 1000 / Math.Max(1, longest));
        }
    }

    private static (int Start, int Length) Changed(Snapshot before, string name, byte[] now)
    {
        var was = before.Files.GetValueOrDefault(name, []);
        var start = was.AsSpan().CommonPrefixLength(now);
        var end = now.Length;
        if (was.Length == now.Length)
        {
            while (end > start && was[end - 1] == now[end - 1]) end--;
        }

        return (start, end - start);
    }

    // The step's bytes reached the disk up to a share of them.
    private void Check(Snapshot before, Snapshot after, int share)
    {
        var path = folder["torn"];
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        foreach (var beside in Directory.GetFiles(folder.Path, "torn.*")) File.Delete(beside);
        foreach (var (name, now) in after.Files)
        {
            var (start, length) = Changed(before, name, now);
            var cut = start + (int)((long)length * share / 1000);
            byte[] torn = now.Length == before.Files.GetValueOrDefault(name, []).Length
                ? [.. now[..cut], .. before.Files[name][cut..]]
                : now[..cut];
            var file = Path.Combine(path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, torn);
        }

        for (var restart = 0; restart < 2; restart++)
        {
            using var outbox = new Opened(path, Key);
            var seconds = outbox.Seconds();
            Assert.Equal(Enumerable.Range(0, seconds.Count), seconds);
            Assert.InRange(seconds.Count, before.Saved, Math.Max(before.Saved, after.Saved));
        }
    }

    private async Task<List<Snapshot>> DriveAsync()
    {
        var path = folder["outbox"];
        List<Snapshot> steps = [];
        await using var outbox = DiskOutbox.Open(path, new OutboxOptions { GroupSeconds = 0.01 }, NullLogger.Instance, Key);
        steps.Add(Snapshot.Of(path, "open", 0));
        for (var block = 0; block < 4; block++)
        {
            for (var saved = 15; saved < 60; saved += 15)
            {
                Assert.True(await outbox.SaveDraftAsync(outbox.Draft, Block(block * 60, saved), default));
                steps.Add(Snapshot.Of(path, "draft", (block * 60) + saved));
            }

            outbox.AppendBlock(Block(block * 60, 60), RecordPriority.Track);
            await outbox.FlushAsync(default);
            steps.Add(Snapshot.Of(path, "block", (block * 60) + 60));
        }

        return steps;
    }

    private static WireRecord Block(int from, int count) => Drafts.Track() with
    {
        Track = Track.FromFixes([.. Enumerable.Range(from, count).Select(s =>
            new TrackFix(Start.AddSeconds(s), new GeoPoint(42.37 + (s * s % 97 * 1e-5), -71.11 + (s * 2e-5)), s % 13, s % 360, 1.1))]),
    };

    private sealed record Snapshot(string Step, int Saved, Dictionary<string, byte[]> Files)
    {
        public static Snapshot Of(string path, string step, int saved) => new(step, saved, Directory
            .GetFiles(path, "*", SearchOption.AllDirectories)
            .Where(p => Path.GetFileName(p) != "lock")
            .ToDictionary(p => Path.GetRelativePath(path, p), Read));

        private static byte[] Read(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
    }

    private sealed class Opened(string path, DataKey? key) : IDisposable
    {
        private readonly DiskOutbox outbox = DiskOutbox.Open(path, new OutboxOptions { GroupSeconds = 0.01 }, NullLogger.Instance, key);

        public List<int> Seconds()
        {
            outbox.FlushAsync(default).AsTask().Wait();
            return [.. outbox.Waiting(k => k == RecordKind.Track)
                .SelectMany(w => w.Record.Track!.ToFixes())
                .Select(f => (int)(f.Time - Start).TotalSeconds)];
        }

        public void Dispose() => outbox.DisposeAsync().AsTask().Wait();
    }
}
