using System.Security.Cryptography;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>The public keys that device profiles are trusted by, read anew for each: enrolment may bring others at any time.</summary>
/// <param name="path">PEM with blocks PUBLIC KEY; empty: there are none.</param>
public sealed class ProfileKeys(string path)
{
    private const int MostBytes = 16 * 1024;
    private const int MostKeys = 8;

    /// <summary>Empty when there is no file. A block that is no key of an elliptic curve is left out: it can open nothing.</summary>
    /// <exception cref="IOException">The file cannot be read, or is too long to be one.</exception>
    public IReadOnlyList<ECDsa> Read()
    {
        if (path.Length == 0 || !File.Exists(path)) return [];
        if (new FileInfo(path).Length > MostBytes) throw new IOException($"{path} is too long for public keys");
        var text = File.ReadAllText(path);
        List<ECDsa> keys = [];
        var rest = text.AsSpan();
        while (keys.Count < MostKeys && PemEncoding.TryFind(rest, out var block))
        {
            var key = ECDsa.Create();
            try
            {
                key.ImportFromPem(rest[block.Location]);
                keys.Add(key);
            }
            catch (Exception e) when (e is ArgumentException or CryptographicException)
            {
                key.Dispose();
            }

            rest = rest[block.Location.End..];
        }

        return keys;
    }
}
