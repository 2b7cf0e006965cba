using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// File of acknowledged ranges of one epoch: 20 bytes each (first, last, check), appended without fsync. A range that a
/// power cut loses is sent once more and acknowledged again.
/// </summary>
internal sealed class AcknowledgedFile : IDisposable
{
    private const int EntryBytes = 20;
    private const int RewriteFromBytes = 64 * 1024;

    private readonly string path;
    private readonly RangeCheck check;
    private SafeFileHandle file;
    private long length;

    // Twice what the last rewrite left: an outbox full of holes must not be rewritten, with an fsync, at each of them.
    private long rewriteFrom = RewriteFromBytes;

    public AcknowledgedFile(string path, RangeCheck check)
    {
        this.path = path;
        this.check = check;
        file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        length = RandomAccess.GetLength(file) / EntryBytes * EntryBytes;
    }

    /// <summary>True when rewriting it with <see cref="Rewrite"/> pays.</summary>
    public bool IsLong => length > rewriteFrom;

    public IEnumerable<(long First, long Last)> ReadAll()
    {
        var data = new byte[length];
        return Parse(data[..RandomAccess.Read(file, data, 0)], check);
    }

    /// <summary>The whole ranges among these bytes of a file.</summary>
    public static IEnumerable<(long First, long Last)> Parse(byte[] data, RangeCheck check)
    {
        for (var at = 0; at + EntryBytes <= data.Length; at += EntryBytes)
        {
            var first = BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(at));
            var last = BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(at + 8));
            if (check.Holds(first, last, BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at + 16)))) yield return (first, last);
        }
    }

    public void Append(long first, long last)
    {
        Span<byte> entry = stackalloc byte[EntryBytes];
        Write(entry, first, last);
        RandomAccess.Write(file, entry, length);
        length += EntryBytes;
    }

    /// <summary>Makes durable what was appended: these records are elsewhere under another name.</summary>
    public void Sync() => DurableFile.SyncData(file);

    /// <summary>Replaces the ranges by these.</summary>
    public void Rewrite(IReadOnlyList<(long First, long Last)> ranges)
    {
        var data = new byte[ranges.Count * EntryBytes];
        for (var i = 0; i < ranges.Count; i++) Write(data.AsSpan(i * EntryBytes), ranges[i].First, ranges[i].Last);
        // First, so that after a failure the next attempt is not the next acknowledgement's.
        rewriteFrom = Math.Max(RewriteFromBytes, 2 * Math.Max(length, data.Length));
        DurableFile.Replace(path, data);
        var replaced = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.Dispose();
        file = replaced;
        length = data.Length;
        rewriteFrom = Math.Max(RewriteFromBytes, 2 * length);
    }

    /// <summary>Gives the ranges of a file from before the key a check that needs it.</summary>
    public static void SealNow(string path, DataKey key, string epoch)
    {
        using var file = new AcknowledgedFile(path, RangeCheck.Of(key, epoch));
        file.Rewrite([.. file.ReadAll()]);
    }

    public void Dispose() => file.Dispose();

    private void Write(Span<byte> entry, long first, long last)
    {
        BinaryPrimitives.WriteInt64LittleEndian(entry, first);
        BinaryPrimitives.WriteInt64LittleEndian(entry[8..], last);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[16..], check.Of(first, last));
    }
}
