using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>
/// The hub's own key for device profiles (ECDSA P-256), in <c>signing/</c> of the data folder: made at the first start, its
/// owner's alone, and part of every backup. Vehicles get its public half with their certificate.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa key;
    private readonly Lock one = new();

    private SigningKey(ECDsa key) => this.key = key;

    /// <summary>The public half, PEM.</summary>
    public string PublicPem => key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <exception cref="InvalidOperationException">The file holds no such key.</exception>
    public static SigningKey Open(string dataFolder)
    {
        var file = Path.Combine(DataFolder.Create(Path.Combine(dataFolder, "signing")), "profile.key");
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!File.Exists(file))
        {
            PrivateFile.Write(file, key.ExportPkcs8PrivateKeyPem());
            return new SigningKey(key);
        }

        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            if (key.KeySize == 256) return new SigningKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // Below, without quoting it.
        }

        key.Dispose();
        throw new InvalidOperationException($"{file} holds no P-256 key: restore it from a backup, or remove it and enrol every vehicle again");
    }

    /// <exception cref="ArgumentException">The bundle would be too large for the wire.</exception>
    public byte[] Sign(string type, ReadOnlySpan<byte> payload)
    {
        lock (one) return SignedBundle.Sign(key, type, payload);
    }

    public void Dispose() => key.Dispose();
}
