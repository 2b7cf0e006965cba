using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ThreeOneOne.Field.FaultLab.Shim;

/// <summary>
/// Takes back what a killed program wrote and had not fsynced, from the journal that the shim kept: the bytes of each file
/// since the file's last fsync, and the names of each folder since the folder's.
/// </summary>
internal sealed class PowerCut(string folder, string journal, Random random, PowerCutMode mode)
{
    private const int HeaderBytes = 32;
    private const int Truncate = 2;
    private const int Create = 3;
    private const int Rename = 4;
    private const int Unlink = 5;
    private const int FolderSync = 6;
    private const int MakeFolder = 7;

    private int writes;
    private int taken;
    private int names;

    public string Apply()
    {
        if (mode == PowerCutMode.Nothing) return "";
        foreach (var data in Directory.EnumerateFiles(journal, "data-*").Order(StringComparer.Ordinal)) TakeBack(data);
        TakeBackNames();
        return writes + names == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{mode}: {taken} of {writes} writes and {names} names taken back");
    }

    private void TakeBack(string data)
    {
        var records = Read(data);
        if (records.Count == 0) return;
        writes += records.Count;
        var file = Path.Combine(journal, "link-" + data[(data.LastIndexOf('-') + 1)..]);
        var bytes = new Image(File.ReadAllBytes(file));

        // Back to the last fsync, remembering what each operation had written.
        var done = new byte[records.Count][];
        for (var i = records.Count - 1; i >= 0; i--)
        {
            var r = records[i];
            done[i] = r.Type == Truncate ? [] : bytes.Slice(r.Offset, r.Length);
            bytes.Resize(r.Size);
            bytes.Write(r.Type == Truncate ? r.Length : r.Offset, r.Bytes);
        }

        // And forward again with what the drive had got to.
        var whole = mode == PowerCutMode.Torn ? random.Next(records.Count) : 0;
        for (var i = 0; i < records.Count; i++)
        {
            var keep = mode switch
            {
                PowerCutMode.Torn when i < whole => 1,
                PowerCutMode.Torn when i == whole => random.NextDouble(),
                PowerCutMode.Some => random.Next(2),
                _ => 0,
            };
            if (keep < 1) taken++;
            if (keep == 0) continue;
            if (records[i].Type == Truncate) bytes.Resize(records[i].Length);
            else bytes.Write(records[i].Offset, done[i].AsSpan(0, (int)(done[i].Length * keep)));
        }

        // In place: the name may be gone, and what links to the file must stay one file.
        using var target = new FileStream(file, FileMode.Open, FileAccess.Write);
        target.SetLength(0);
        target.Write(bytes.All);
    }

    private void TakeBackNames()
    {
        var records = Read(Path.Combine(journal, "names"));
        var synced = new Dictionary<string, int>();
        for (var i = 0; i < records.Count; i++) if (records[i].Type == FolderSync) synced[records[i].Names[0].TrimEnd('/')] = i;
        var loose = Enumerable.Range(0, records.Count).Where(i => records[i].Type != FolderSync && i > synced.GetValueOrDefault(FolderOf(records[i]), -1)).ToList();
        // A file system writes its names down in order.
        var keep = mode == PowerCutMode.All ? 0 : random.Next(loose.Count + 1);
        foreach (var i in Enumerable.Reverse(loose.Skip(keep)))
        {
            names++;
            TakeBack(records[i]);
        }
    }

    private void TakeBack(Record record)
    {
        string Path0(int i) => Path.Combine(folder, record.Names[i]);
        string Kept() => Path.Combine(journal, string.Create(CultureInfo.InvariantCulture, $"kept-{record.Length}"));
        // A folder that was removed stays so: it was empty by then.
        if (!Directory.Exists(Path.GetDirectoryName(Path0(record.Type == Rename ? 1 : 0)))) return;
        switch (record.Type)
        {
            case Create:
                File.Delete(Path0(0));
                break;
            case MakeFolder:
                if (Directory.Exists(Path0(0))) Directory.Delete(Path0(0), recursive: true);
                break;
            case Unlink when record.Length >= 0:
                File.Delete(Path0(0));
                File.Move(Kept(), Path0(0));
                break;
            case Rename:
                if (File.Exists(Path0(1))) File.Move(Path0(1), Path0(0), overwrite: true);
                if (record.Length >= 0) File.Move(Kept(), Path0(1));
                break;
        }
    }

    private static string FolderOf(Record record) => (Path.GetDirectoryName(record.Names[^1]) ?? "").TrimEnd('/');

    private static List<Record> Read(string file)
    {
        var all = File.ReadAllBytes(file);
        var records = new List<Record>();
        for (var at = 0; at + HeaderBytes <= all.Length;)
        {
            var header = all.AsSpan(at, HeaderBytes);
            var type = BinaryPrimitives.ReadInt32LittleEndian(header);
            var length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
            // The kill may have torn the journal itself; what it was for had then not begun.
            if (at + HeaderBytes + length > all.Length) break;
            var bytes = all.AsSpan(at + HeaderBytes, length).ToArray();
            records.Add(new Record(
                type, BinaryPrimitives.ReadInt64LittleEndian(header[8..]), BinaryPrimitives.ReadInt64LittleEndian(header[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(header[24..]), bytes));
            at += HeaderBytes + length;
        }

        return records;
    }

    private sealed record Record(int Type, long Offset, long Length, long Size, byte[] Bytes)
    {
        public string[] Names => Encoding.UTF8.GetString(Bytes).Split('\0', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } names ? names : [""];
    }

    private sealed class Image(byte[] start)
    {
        private byte[] bytes = start;

        public ReadOnlySpan<byte> All => bytes;

        public void Resize(long length) => Array.Resize(ref bytes, (int)length);

        public byte[] Slice(long offset, long length) =>
            offset >= bytes.Length ? [] : bytes.AsSpan((int)offset, (int)Math.Min(length, bytes.Length - offset)).ToArray();

        public void Write(long offset, ReadOnlySpan<byte> with)
        {
            if (with.Length == 0) return;
            if (bytes.Length < offset + with.Length) Resize(offset + with.Length);
            with.CopyTo(bytes.AsSpan((int)offset));
        }
    }
}
