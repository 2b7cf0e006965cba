using System.Security.Cryptography;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Updates;

/// <summary>The key that releases are signed by. It is a file of whoever makes releases, and never on the hub.</summary>
internal static class ReleaseKey
{
    private const int MostKeys = 8;

    /// <summary>Makes a key (mode 0600) and its public part beside it (<c>.pub</c>).</summary>
    /// <exception cref="IOException">The file is there already, or cannot be made.</exception>
    public static string Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using (var file = new StreamWriter(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            file.WriteLine(key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(path + ".pub", key.ExportSubjectPublicKeyInfoPem() + "\n");
        return SignedBundle.KeyId(key);
    }

    /// <summary>Signs an archive's manifest.</summary>
    /// <exception cref="InvalidOperationException">The key cannot be used.</exception>
    public static byte[] Sign(string keyFile, UpdateManifest manifest)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(keyFile));
            return SignedBundle.Sign(key, SignedBundle.UpdateType, manifest.Write());
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new InvalidOperationException($"{keyFile} holds no private key of P-256", e);
        }
    }

    /// <summary>Reads a manifest by the public keys of a file.</summary>
    /// <exception cref="InvalidOperationException">None of them signed it, or it is no manifest.</exception>
    public static UpdateManifest Open(byte[] envelope, string keysFile)
    {
        List<ECDsa> trusted = [];
        try
        {
            var text = File.ReadAllText(keysFile).AsSpan();
            while (trusted.Count < MostKeys && PemEncoding.TryFind(text, out var block))
            {
                var key = ECDsa.Create();
                trusted.Add(key);
                key.ImportFromPem(text[block.Location]);
                text = text[block.Location.End..];
            }

            return UpdateManifest.Read(SignedBundle.Open(envelope, SignedBundle.UpdateType, trusted));
        }
        catch (Exception e) when (e is BundleRefusedException or FormatException or ArgumentException or CryptographicException)
        {
            throw new InvalidOperationException($"it is refused: {e.Message}", e);
        }
        finally
        {
            foreach (var key in trusted) key.Dispose();
        }
    }
}
