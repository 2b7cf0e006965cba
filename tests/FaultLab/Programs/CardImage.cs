using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ThreeOneOne.Field.Agent.Keys;

namespace ThreeOneOne.Field.FaultLab.Programs;

/// <summary>
/// Copies of a vehicle's data folder: as a backup program makes them, and as an image of the whole card does, which keeps
/// the file numbers by which the agent would notice.
/// </summary>
internal static partial class CardImage
{
    private const string Outbox = "outbox";
    private const string Lock = "lock";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const string Witness = Outbox + ".witness";

    public static void Copy(string from, string to)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        Add(from, to);
    }

    /// <summary>Puts an older copy of the outbox and its witness back; what the place is known by stays.</summary>
    /// <param name="everything">True: the crew's shift and orders become as old as the outbox.</param>
    public static void PutBack(string copy, string data, bool everything)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(data, Outbox))) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(data, Outbox)).Where(f => Path.GetFileName(f) != Lock)) File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(data, Outbox + ".*")) File.Delete(file);
        Add(Path.Combine(copy, Outbox), Path.Combine(data, Outbox));
        foreach (var file in Directory.EnumerateFiles(copy).Where(f => everything || Path.GetFileName(f).StartsWith(Outbox, StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>Lets the witness of a copy say what it says on an image of the card: that this is its place.</summary>
    /// <returns>False when there is no witness that says anything.</returns>
    public static bool TakePlace(string data)
    {
        var path = Path.Combine(data, Witness);
        if (!File.Exists(path)) return false;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 8 || BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length && (length < 1 || length > bytes.Length - 8)) return false;
        // Whoever puts an image back does not open it: the lab does, because its copy gets another file number.
        using var key = new DataKeyFile(data, new SealingOptions(), null).Read()!;
        using var cipher = new AesGcm(key.For("witness"), TagBytes);
        var plain = new byte[length - NonceBytes - TagBytes];
        cipher.Decrypt(bytes.AsSpan(8, NonceBytes), bytes.AsSpan(8 + NonceBytes, plain.Length), bytes.AsSpan(8 + length - TagBytes, TagBytes), plain);
        if (JsonNode.Parse(plain) is not JsonObject word) return false;
        var (name, place) = word.First(p => p.Key.Equals("place", StringComparison.OrdinalIgnoreCase));
        var said = place!.GetValue<string>();
        word[name] = said[..(said.LastIndexOf('/') + 1)] + FileNumber(Path.Combine(data, Outbox, Lock)).ToString(CultureInfo.InvariantCulture);
        var json = Encoding.UTF8.GetBytes(word.ToJsonString());
        var closed = new byte[NonceBytes + json.Length + TagBytes];
        RandomNumberGenerator.Fill(closed.AsSpan(0, NonceBytes));
        cipher.Encrypt(closed.AsSpan(0, NonceBytes), json, closed.AsSpan(NonceBytes, json.Length), closed.AsSpan(NonceBytes + json.Length));
        json = closed;
        Array.Clear(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, json.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), ~json.Aggregate(uint.MaxValue, BitOperations.Crc32C));
        json.CopyTo(bytes, 8);
        File.WriteAllBytes(path, bytes);
        return true;
    }

    private static void Add(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(f => !File.Exists(Path.Combine(to, Path.GetFileName(f))))) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from)) Add(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static ulong FileNumber(string path)
    {
        // st_ino of struct stat stands second on every 64-bit Linux.
        Span<byte> status = stackalloc byte[256];
        if (Stat(path, ref status[0]) != 0) throw new InvalidDataException($"no file number of {path}");
        return BinaryPrimitives.ReadUInt64LittleEndian(status[8..]);
    }

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, ref byte status);
}
