using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>
/// Secrets of subscriptions are computed from one key in the data folder and stored nowhere: no table, listing or dump of the database
/// has them. A backup copies the key with the folder.
/// </summary>
public sealed class WebhookSecrets(Database database)
{
    private const int KeyBytes = 32;
    private const int CheckDigits = 12;
    private const string Prefix = "whsec_";

    private readonly Lazy<byte[]> key = new(() => ReadKey(Path.Combine(database.Folder, "webhooks.key")));

    /// <summary>For the receiver, once: <c>whsec_</c> and Base64, as Standard Webhooks' libraries take it.</summary>
    public string Text(string id, long n) => Prefix + Convert.ToBase64String(Bytes(id, n));

    public string Check(string id, long n) => Convert.ToHexStringLower(SHA256.HashData([.. "check"u8, .. Bytes(id, n)]))[..CheckDigits];

    /// <summary>Standard Webhooks: HMAC-SHA256 over id, time and body, in Base64, with its version.</summary>
    public string Sign(Webhook webhook, string eventId, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Bytes(webhook.Id, webhook.SecretN));
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{eventId}.{unixSeconds}.")));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    private byte[] Bytes(string id, long n)
    {
        var text = Encoding.UTF8.GetBytes(id);
        var message = new byte[text.Length + 9];
        text.CopyTo(message, 0);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(text.Length + 1), n);
        return HMACSHA256.HashData(key.Value, message);
    }

    private static byte[] ReadKey(string path)
    {
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path) is { Length: KeyBytes } known
                ? known
                : throw new InvalidDataException($"{path} is not what it was: bring it back from a backup, or remove it and give every webhook a new secret");
        }

        var made = RandomNumberGenerator.GetBytes(KeyBytes);
        var part = path + ".part";
        using (var file = new FileStream(part, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            file.Write(made);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(path)!);
        return made;
    }
}
