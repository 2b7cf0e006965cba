using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Agent.Keys;

/// <summary>
/// The data key on the disk, wrapped by a key from elsewhere: a systemd credential (bound to the board's TPM where
/// <c>systemd-creds</c> has one), a file on another partition, or a file beside it.
/// </summary>
public sealed class DataKeyFile
{
    /// <summary>Name of the systemd credential.</summary>
    public const string Credential = "field-agent.data-key";

    private const string ByCredential = "credential";
    private const string ByFile = "file";
    private const string ByBeside = "beside";
    private const int LeastBytes = 32;
    private const int MostBytes = 4096;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string path;
    private readonly string beside;
    private readonly SealingOptions options;
    private readonly string? credentials;

    /// <param name="folder">The data folder.</param>
    /// <param name="options">Where the wrapping key is.</param>
    /// <param name="credentials">Folder of systemd's credentials; null for none.</param>
    public DataKeyFile(string folder, SealingOptions options, string? credentials)
    {
        path = Path.Combine(folder, "data-key.json");
        beside = Path.Combine(folder, "wrapping-key");
        this.options = options;
        this.credentials = credentials;
    }

    /// <summary>Reads it as another program than the agent; makes and changes nothing.</summary>
    /// <returns>Null when the folder is not encrypted.</returns>
    /// <exception cref="IOException">There is one and it cannot be opened.</exception>
    public DataKey? Read() => File.Exists(path) ? Unwrap(Held()).Key : null;

    /// <summary>Opens the key, or makes it at the first start; wraps it anew when a better place is there now.</summary>
    /// <returns>Null when encryption is off.</returns>
    /// <exception cref="IOException">There is a key and what wraps it is missing or another one.</exception>
    public DataKey? Open(ILogger log)
    {
        if (!File.Exists(path)) return options.Enabled ? Make(log) : null;
        var (key, by, held) = Unwrap(Held());
        if (Places().FirstOrDefault() is { By: not null } best && best.By != by)
        {
            Wrap(key, held.Only, best.By, best.Key);
            if (by == ByBeside) Erase(beside);
            log.DataKeyMoved(by, best.By);
        }

        return key;
    }

    /// <summary>Everything is encrypted now: nothing else is believed any more.</summary>
    public void NoteOnly(DataKey key)
    {
        if (key.IsOnly) return;
        var held = Held();
        var (_, by, _) = Unwrap(held);
        Wrap(key, only: true, by, Places().First(p => p.By == by).Key);
        key.IsOnly = true;
    }

    /// <summary>Whoever destroys these destroys everything that the key encrypts; some may not be there.</summary>
    public IReadOnlyList<string> Files => [path, beside, path + DurableFile.Unfinished, beside + DurableFile.Unfinished];

    private DataKey Make(ILogger log)
    {
        DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
        if (Places().Count == 0) MakeBeside();
        var (by, wrapping) = Places()[0];
        var key = new DataKey(RandomNumberGenerator.GetBytes(DataKey.Bytes), isOnly: false);
        Wrap(key, only: false, by, wrapping);
        log.DataKeyMade(by, by == ByBeside ? ": it does not protect a card that is stolen; give a credential or Sealing:KeyFile" : "");
        return key;
    }

    private void Wrap(DataKey key, bool only, string by, byte[] wrapping)
    {
        var wrapped = new WrappedKey(1, by, [], only);
        using var seal = new Seal(wrapping);
        wrapped = wrapped with { Key = seal.Close(key.Raw, wrapped.About) };
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(wrapped, KeysJson.Default.WrappedKey), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private (DataKey Key, string By, WrappedKey Held) Unwrap(WrappedKey held)
    {
        var places = Places();
        foreach (var (by, wrapping) in places.OrderByDescending(p => p.By == held.By))
        {
            using var seal = new Seal(wrapping);
            if (seal.Open(held.Key, held.About) is { Length: DataKey.Bytes } raw) return (new DataKey(raw, held.Only), by, held);
        }

        throw new IOException(
            $"the data in {Path.GetDirectoryName(path)} are encrypted, and the key that wraps theirs ({Says(held.By)}) is {(places.Exists(p => p.By == held.By) ? "another one" : "missing")}: "
            + $"put it back, or remove the folder to begin anew without what is in it");
    }

    private WrappedKey Held()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), KeysJson.Default.WrappedKey) is { V: 1, Key: not null } held
                ? held
                : throw new IOException($"{path} is of another version");
        }
        catch (JsonException e)
        {
            throw new IOException($"{path} is damaged: {e.Message}", e);
        }
    }

    // The best first.
    private List<(string By, byte[] Key)> Places()
    {
        List<(string, byte[])> places = [];
        if (credentials is { Length: > 0 } && Path.Combine(credentials, Credential) is var credential && File.Exists(credential)) places.Add((ByCredential, Read(credential)));
        if (options.KeyFile.Length > 0)
        {
            if (!File.Exists(options.KeyFile)) throw new IOException($"Sealing:KeyFile = '{options.KeyFile}': there is no such file (is its partition mounted?)");
            if ((File.GetUnixFileMode(options.KeyFile) & Others) != 0) throw new IOException($"Sealing:KeyFile = '{options.KeyFile}': others may read it; chmod 0600 it");
            places.Add((ByFile, Read(options.KeyFile)));
        }

        if (File.Exists(beside)) places.Add((ByBeside, Read(beside)));
        return places;
    }

    private static byte[] Read(string path)
    {
        if (new FileInfo(path).Length is < LeastBytes or > MostBytes) throw new IOException($"{path} is no key: it has less than {LeastBytes} or more than {MostBytes} bytes");
        var bytes = File.ReadAllBytes(path);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, DataKey.Bytes, salt: null, "threeoneone.field/1/wrap"u8.ToArray());
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    private void MakeBeside() =>
        DurableFile.Replace(beside, RandomNumberGenerator.GetBytes(LeastBytes), UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private static string Says(string by) => by switch
    {
        ByCredential => $"systemd credential {Credential}",
        ByFile => "Sealing:KeyFile",
        _ => "wrapping-key beside it",
    };

    // Overwritten first: on a card that moves blocks this is best effort, and the other half of the key is elsewhere.
    private static void Erase(string path)
    {
        if (!File.Exists(path)) return;
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(file, new byte[RandomAccess.GetLength(file)], 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Delete(path);
        DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
