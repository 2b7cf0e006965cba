using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// The outbox as its files say it, read without taking it: while the agent runs or not. Changes nothing. A record whose
/// acknowledgement comes meanwhile may still be in it; the hub knows it then.
/// </summary>
/// <param name="folder">The outbox's folder.</param>
/// <param name="key">Opens it; null when it is not encrypted.</param>
public sealed class OutboxSnapshot(string folder, DataKey? key = null)
{
    /// <summary>Whole records that the hub has not acknowledged, oldest epoch first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IEnumerable<SnapshotRecord> Records()
    {
        foreach (var path in Directory.EnumerateDirectories(folder).Where(p => OutboxRecovery.IsEpoch(Path.GetFileName(p))).OrderBy(Directory.GetCreationTimeUtc))
        {
            var gone = AcknowledgedFile.Parse(ReadShared(Path.Combine(path, "acknowledged")), RangeCheck.Of(key, Path.GetFileName(path))).ToList();
            gone.Sort();
            using var seal = FrameSeal.Of(key, Path.GetFileName(path));
            foreach (var segment in Directory.EnumerateFiles(path, "*" + Segment.Extension).Order())
            {
                foreach (var record in RecordsOf(Path.GetFileName(path), segment, gone, seal)) yield return record;
            }
        }
    }

    /// <summary>Days until records are thinned and dropped.</summary>
    /// <param name="maxBytes"><see cref="OutboxOptions.MaxBytes"/>.</param>
    /// <param name="waitingBytes">Bytes of what waits.</param>
    public int DiskDaysLeft(long maxBytes, long waitingBytes) =>
        OfflineOutlook.DiskDays(folder, maxBytes, waitingBytes, OutboxWitness.Read(ReadShared(OutboxWitness.PathOf(folder)), key)?.Days);

    private static List<SnapshotRecord> RecordsOf(string epoch, string path, List<(long First, long Last)> gone, FrameSeal? seal)
    {
        List<SnapshotRecord> records = [];
        if (!long.TryParse(Path.GetFileNameWithoutExtension(path), out var first)) return records;
        Frame.Scan(ReadShared(path), first, seal, (frame, _, body) =>
        {
            if (frame.Flags.HasFlag(FrameFlags.Head) || IsGone(gone, frame.Seq) || FrameBody.Record(frame.Flags, body) is not { } json) return;
            records.Add(new SnapshotRecord(new RecordId(epoch, frame.Seq), frame.Kind, Frame.HeaderBytes + frame.Length, json));
        });
        return records;
    }

    private static bool IsGone(List<(long First, long Last)> gone, long seq)
    {
        foreach (var (first, last) in gone)
        {
            if (first > seq) return false;
            if (seq <= last) return true;
        }

        return false;
    }

    // Removed meanwhile: all of it is acknowledged.
    private static byte[] ReadShared(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
