using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// Word beside the folder of how far the outbox has come, on which machine and in which place of the disk: a folder that
/// was restored, copied or cut behind the agent's back is noticed, and no number is used again. Written without fsync,
/// after the records' own: what it says was durable.
/// </summary>
internal sealed class OutboxWitness : IDisposable
{
    private const int FileBytes = 1024;
    private const string SerialFile = "/proc/device-tree/serial-number";
    private const int MostLost = 32;

    private readonly SafeFileHandle file;
    private readonly Seal? seal;
    private readonly string lostPath;
    private readonly string place;

    public OutboxWitness(string folder, DataKey? key)
    {
        seal = SealOf(key);
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        file = File.OpenHandle(PathOf(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        lostPath = folder + ".lost";
        place = PlaceOf(Path.Combine(folder, "lock"));
        var said = new byte[FileBytes];
        Said = Read(said[..RandomAccess.Read(file, said, 0)], seal, key is null or { IsOnly: false });
        Lost = ReadLost();
    }

    /// <summary>What it said at the start; null when there was none, or it was torn.</summary>
    public WitnessWord? Said { get; }

    /// <summary>Chains of which the end was taken away: the hub misses it and is told so.</summary>
    public IReadOnlyList<ChainHead> Lost { get; private set; }

    /// <summary>
    /// True when the folder is not the one that the word was about, or not as far. It may be one epoch ahead: a power cut
    /// costs the word before it costs a record.
    /// </summary>
    public bool Contradicts(EpochFolder? current)
    {
        if (Said is not { } said) return false;
        if (current is null || said.Place != place) return true;
        return current.Epoch == said.Epoch
            ? said.Next > current.Next || said.Tally.Links > current.Tally.Links
            : current.Tally.Before != said.Epoch;
    }

    /// <summary>Keeps the chain's head that the folder no longer knows.</summary>
    public void NoteLost(ChainHead head)
    {
        Lost = [.. Lost.Where(l => l.Epoch != head.Epoch).TakeLast(MostLost - 1), head];
        DurableFile.Replace(lostPath, JsonSerializer.SerializeToUtf8Bytes([.. Lost], OutboxJson.Default.ChainHeadArray));
    }

    public static string PathOf(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".witness";

    /// <summary>Reads the file; null when it is not whole.</summary>
    /// <param name="bytes">Of the file.</param>
    /// <param name="key">The folder's key; null for none.</param>
    public static WitnessWord? Read(byte[] bytes, DataKey? key)
    {
        using var seal = SealOf(key);
        return Read(bytes, seal, key is null or { IsOnly: false });
    }

    /// <summary>Encrypts the word from before the key.</summary>
    public static void SealNow(string folder, DataKey key)
    {
        if (!File.Exists(PathOf(folder))) return;
        using var witness = new OutboxWitness(folder, key);
        if (witness.Said is { } said) witness.Write(said);
    }

    private static WitnessWord? Read(byte[] bytes, Seal? seal, bool takesPlain)
    {
        if (bytes.Length < FileBytes) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length is < 1 or > FileBytes - 8) return null;
        ReadOnlySpan<byte> json = bytes.AsSpan(8, length);
        if (Frame.Crc(json) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4))) return null;
        if (seal?.Open(json, default) is { } opened) json = opened;
        else if (!takesPlain || json[0] != '{') return null;
        return JsonSerializer.Deserialize(json, OutboxJson.Default.WitnessWord);
    }

    public void Write(string epoch, long next, Tally tally, IReadOnlyDictionary<string, long> days) =>
        Write(new WitnessWord(epoch, next, tally, place, days.ToDictionary()));

    private void Write(WitnessWord word)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(word, OutboxJson.Default.WitnessWord);
        if (seal is not null) json = seal.Close(json, default);
        if (json.Length > FileBytes - 8) return;
        var bytes = new byte[FileBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, json.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Frame.Crc(json));
        json.CopyTo(bytes, 8);
        try
        {
            RandomAccess.Write(file, bytes, 0);
        }
        catch (IOException)
        {
            // Without it only less is noticed; the records are safe.
        }
    }

    public void Dispose()
    {
        file.Dispose();
        seal?.Dispose();
    }

    private static Seal? SealOf(DataKey? key) => key?.SealFor("witness");

    private ChainHead[] ReadLost()
    {
        try
        {
            return File.Exists(lostPath) ? JsonSerializer.Deserialize(File.ReadAllBytes(lostPath), OutboxJson.Default.ChainHeadArray) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // A copy has other file numbers, another Pi another serial.
    private static string PlaceOf(string path)
    {
        var serial = "";
        try
        {
            if (File.Exists(SerialFile)) serial = File.ReadAllText(SerialFile, Encoding.ASCII).Trim('\0', '\n', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the file number alone says it.
        }

        return $"{serial}/{DurableFile.FileNumber(path)}";
    }
}
