using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// Encrypts an outbox from before the key, file by file: written beside, fsynced, renamed, so that the power may go at any
/// moment and the next start goes on. Once, at the first start with a key.
/// </summary>
internal static class OutboxMigration
{
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Run(string folder, DataKey key, ILogger log)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.EnumerateDirectories(folder).Where(p => OutboxRecovery.IsEpoch(Path.GetFileName(p))))
        {
            using var seal = new FrameSeal(key, Path.GetFileName(path));
            foreach (var file in Directory.GetFiles(path, "*" + Segment.Extension).Order())
            {
                if (long.TryParse(Path.GetFileNameWithoutExtension(file), out var first) && Seal(file, first, seal)) log.Sealed(file);
            }

            if (Path.Combine(path, "acknowledged") is var acknowledged && File.Exists(acknowledged)) AcknowledgedFile.SealNow(acknowledged, key, Path.GetFileName(path));
        }

        DraftFile.SealNow(Path.Combine(folder, "draft"), key);
        OutboxWitness.SealNow(folder, key);
    }

    private static bool Seal(string path, long first, FrameSeal seal)
    {
        var data = File.ReadAllBytes(path);
        if (data.Length == 0 || (Frame.TryRead(data, out var head) && head.Flags.HasFlag(FrameFlags.Sealed))) return false;
        var beside = path + ".new";
        using (var target = File.OpenHandle(beside, FileMode.Create, FileAccess.Write))
        {
            long length = 0, last = first - 1;
            var lost = Frame.Scan(data, first, seal, (header, _, body) =>
            {
                var isHead = header.Flags.HasFlag(FrameFlags.Head);
                var frame = seal.Close(header with { Flags = header.Flags & ~FrameFlags.Sealed }, body.Span, isHead ? 0 : header.Seq - last, out var _);
                RandomAccess.Write(target, frame, length);
                length += frame.Length;
                if (!isHead) last = header.Seq;
            });
            // Damage stays damage: an epoch that has some takes no more records.
            if (lost > 0) RandomAccess.Write(target, new byte[Math.Min(lost, 4096)], length);
            RandomAccess.FlushToDisk(target);
        }

        File.Delete(Path.ChangeExtension(path, ".idx"));
        File.Move(beside, path, overwrite: true);
        DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
        return true;
    }
}
