using System.Buffers;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// The record that is being gathered, saved again and again in place until it is a record of the outbox. Two slots of a
/// file that is made whole in advance are written in turn, so that a torn write leaves the one before, and no write
/// changes the file's size: on ext4 this costs the card a third of an appended fsync.
/// </summary>
internal sealed class DraftFile : IDisposable
{
    private const int SlotBytes = 16 * 1024;

    private readonly SafeFileHandle file;
    private readonly FrameSeal? seal;
    private long generation;

    public DraftFile(string path, DataKey? key)
    {
        seal = FrameSeal.Of(key, "draft");
        file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (RandomAccess.GetLength(file) < 2 * SlotBytes)
        {
            RandomAccess.Write(file, new byte[2 * SlotBytes], 0);
            RandomAccess.FlushToDisk(file);
            DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        for (var slot = 0; slot < 2; slot++)
        {
            if (TryRead(slot, out var header, out _)) generation = Math.Max(generation, header.Seq);
        }
    }

    /// <summary>The newest draft that was saved whole: its number and its record; null for none.</summary>
    public (long Number, WireRecord Record)? Newest()
    {
        (long, WireRecord)? newest = null;
        long of = 0;
        for (var slot = 0; slot < 2; slot++)
        {
            if (!TryRead(slot, out var header, out var body) || header.Seq <= of) continue;
            if (FrameBody.ReadOrigin(header.Flags, body.Span)?.Draft is not { } number || FrameBody.Record(header.Flags, body) is not { } record) continue;
            newest = (number, UpBatchReader.ReadRecord(record));
            of = header.Seq;
        }

        return newest;
    }

    /// <summary>Saves a draft; durable when it returns. The one saved before is whole until then.</summary>
    /// <returns>False when it is too long for a slot.</returns>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public bool Save(long number, ReadOnlySpan<byte> record)
    {
        var frame = new ArrayBufferWriter<byte>(4096);
        frame.Advance(Frame.HeaderBytes);
        var flags = FrameBody.Write(frame, record, new Origin { Draft = number });
        if (frame.WrittenCount + FrameSeal.OverheadBytes > SlotBytes) return false;
        var bytes = frame.WrittenSpan.ToArray();
        var header = new FrameHeader(generation + 1, RecordPriority.Track, RecordKind.Track, flags, bytes.Length - Frame.HeaderBytes);
        if (seal is null) Frame.Seal(bytes, header);
        else bytes = seal.Close(header, bytes.AsSpan(Frame.HeaderBytes), 0, out _);
        RandomAccess.Write(file, bytes, (generation + 1) % 2 * SlotBytes);
        DurableFile.SyncData(file);
        generation++;
        return true;
    }

    /// <summary>Encrypts a draft from before the key; the power may go meanwhile.</summary>
    public static void SealNow(string path, DataKey key)
    {
        if (!File.Exists(path)) return;
        var beside = path + ".new";
        File.Delete(beside);
        using (var from = new DraftFile(path, key))
        using (var to = new DraftFile(beside, key))
        {
            if (from.Newest() is var (number, record)) to.Save(number, JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Default.WireRecord));
        }

        File.Move(beside, path, overwrite: true);
        DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    public void Dispose()
    {
        file.Dispose();
        seal?.Dispose();
    }

    private bool TryRead(int slot, out FrameHeader header, out ReadOnlyMemory<byte> body)
    {
        var data = new byte[SlotBytes];
        var read = RandomAccess.Read(file, data, slot * SlotBytes);
        body = default;
        if (!Frame.TryRead(data.AsSpan(0, read), out header) || header.Seq % 2 != slot) return false;
        return FrameSeal.TryOpen(seal, header, data.AsMemory(Frame.HeaderBytes, header.Length), out body, out _);
    }
}
