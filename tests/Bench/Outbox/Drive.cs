using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Edge.Tests.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Outbox;

/// <summary>A recorded drive and what its fixes weigh.</summary>
internal static class Drive
{
    private const int BlockFixes = 60;

    /// <summary>
    /// Reads a recording by the agent's own receiver code and calls its fixes a second apart: one of a fix every two
    /// seconds becomes a faster car, whose differences are larger.
    /// </summary>
    public static async Task<List<TrackFix>> ReadAsync(string path, CancellationToken stop)
    {
        var time = new HurriedTime();
        var options = new PositionOptions { Source = "file:" + path, Pace = 1000 };
        var source = FixSources.Open(options, FixSources.Play(options, time), new DeviceClock(time), time);
        List<TrackFix> fixes = [];
        await foreach (var fix in source.ReadAsync(stop))
        {
            var at = fixes.Count == 0 ? fix.FixTime : fixes[^1].Time.AddSeconds(1);
            fixes.Add(new TrackFix(at, fix.At, fix.SpeedMps, fix.CourseDeg, fix.Hdop));
        }

        return fixes.Count >= BlockFixes ? fixes : throw new InvalidOperationException($"{path} has {fixes.Count} fixes");
    }

    /// <returns>Bytes per fix in the files, in a message per block, and in messages of a backlog.</returns>
    public static async Task<(double Disk, double Wire, double Backlog)> BytesPerFixAsync(List<TrackFix> fixes, string folder, CancellationToken stop)
    {
        await using var outbox = DiskOutbox.Open(folder, new OutboxOptions(), NullLogger.Instance, BenchKey.Of(folder));
        var empty = outbox.Counts.DiskBytes;
        var blocks = 0;
        foreach (var block in Blocks(fixes))
        {
            outbox.AppendBlock(Record(block), RecordPriority.Track);
            blocks++;
        }

        await outbox.FlushAsync(stop);
        var disk = (double)(outbox.Counts.DiskBytes - empty) / fixes.Count;
        long alone = 0, together = 0;
        List<ReadOnlyMemory<byte>> records = [];
        while (outbox.Take(1, int.MaxValue, RecordPriority.Bulk) is { } batch)
        {
            alone += Message(batch.Epoch, batch.Records).Length;
            records.AddRange(batch.Records);
        }

        foreach (var chunk in records.Chunk(12)) together += Message(outbox.Epoch, chunk).Length;
        return (disk, (double)alone / fixes.Count, (double)together / fixes.Count);
    }

    /// <summary>Blocks as the collector makes them: a minute of fixes, or fewer where the receiver lost its way.</summary>
    public static IEnumerable<List<TrackFix>> Blocks(IReadOnlyList<TrackFix> fixes)
    {
        List<TrackFix> block = [];
        foreach (var fix in fixes)
        {
            if (block.Count > 0 && fix.Time - block[0].Time >= TimeSpan.FromSeconds(BlockFixes))
            {
                yield return block;
                block = [];
            }

            block.Add(fix);
        }

        if (block.Count > 0) yield return block;
    }

    public static WireRecord Record(IReadOnlyList<TrackFix> block) => new()
    {
        Seq = 0,
        Stamp = new Stamp
        {
            FixTime = block[0].Time,
            DeviceTime = block[0].Time.AddMilliseconds(312),
            Boot = "0a1b2c3d",
            MonotonicMs = block[0].Time.ToUnixTimeMilliseconds() % 100_000_000,
            Clock = ClockSource.Gps,
            UncertaintyMs = 100,
        },
        Duty = new Duty("5f0c2a91d3b4e677", "streets-3"),
        Track = Track.FromFixes(block),
    };

    private static byte[] Message(string epoch, IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        var json = UpBatchWriter.Write(new UpBatch(WireCodec.Version, "truck-1", epoch, records));
        return WireCodec.Encode(json, WireCodec.EffortFor(json.Length));
    }
}
