using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>
/// What makes this computer a vehicle of a hub: <c>vehicle.key</c> (mode 0600), <c>vehicle.crt</c>, <c>ca.crt</c> (one or more
/// authorities), <c>profile-keys.pem</c> and <c>hub.json</c>. A new key and certificate stand beside them as <c>next.*</c> until both
/// are on the disk, so that a power cut leaves a pair that fits.
/// </summary>
public sealed class IdentityFolder(string path)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Folder { get; } = System.IO.Path.GetFullPath(path);

    public string KeyFile => In("vehicle.key");

    public string CertificateFile => In("vehicle.crt");

    /// <summary>PEM certificates of the authorities that are trusted.</summary>
    public string AuthorityFile => In("ca.crt");

    /// <summary>PEM public keys that sign profiles; may be empty.</summary>
    public string ProfileKeysFile => In("profile-keys.pem");

    /// <summary>A key that has no certificate yet.</summary>
    internal string NextKeyFile => In("next.key");

    private string NextCertificateFile => In("next.crt");

    private string HubFile => In("hub.json");

    /// <summary>Where the hub is and which vehicle this is; null while the vehicle is not enrolled.</summary>
    /// <exception cref="InvalidDataException">The file is not what enrolment wrote.</exception>
    public HubPlace? Read()
    {
        Finish();
        if (!File.Exists(HubFile) || !File.Exists(CertificateFile) || !File.Exists(KeyFile) || !File.Exists(AuthorityFile)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(HubFile), EnrolmentJson.Default.HubPlace);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{HubFile} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>SHA-256 of each authority that is trusted, hexadecimal.</summary>
    internal IReadOnlyList<string> TrustedFingerprints()
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(AuthorityFile);
        var fingerprints = all.Select(c => c.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()).ToList();
        foreach (var certificate in all) certificate.Dispose();
        return fingerprints;
    }

    /// <summary>True when <see cref="Keep"/> would change a file.</summary>
    internal bool Differs(IdentityAnswer answer) =>
        answer.Certificate is not null || Read() != answer.Place || File.ReadAllText(AuthorityFile) != answer.Authorities
        || !File.Exists(ProfileKeysFile) || File.ReadAllText(ProfileKeysFile) != answer.ProfileKeys;

    /// <summary>Keeps what the hub said; the certificate last.</summary>
    /// <exception cref="IOException">The disk did not take it; what was there is still good.</exception>
    internal void Keep(IdentityAnswer answer)
    {
        DurableFile.CreateFolder(Folder);
        Write(AuthorityFile, answer.Authorities);
        Write(ProfileKeysFile, answer.ProfileKeys);
        Write(HubFile, JsonSerializer.SerializeToUtf8Bytes(answer.Place, EnrolmentJson.Default.HubPlace));
        if (answer.Certificate is null) return;
        Write(NextCertificateFile, System.Text.Encoding.UTF8.GetBytes(answer.Certificate));
        Finish();
    }

    /// <summary>Writes a file that only the agent may read, fsynced.</summary>
    internal static void WritePrivate(string path, ReadOnlySpan<byte> bytes)
    {
        var beside = path + ".new";
        File.Delete(beside);
        using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        DurableFile.SyncFolder(System.IO.Path.GetDirectoryName(path)!);
    }

    private static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    private static void Write(string path, byte[] bytes)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) WritePrivate(path, bytes);
    }

    /// <summary>Puts the next key and certificate in their places, also after a power cut in between.</summary>
    private void Finish()
    {
        if (!File.Exists(NextCertificateFile)) return;
        // Of the next key only if it is: one that a refused code left must not take the place of the vehicle's.
        if (Fits(NextKeyFile))
        {
            File.Move(NextKeyFile, KeyFile, overwrite: true);
            DurableFile.SyncFolder(Folder);
        }
        else if (!Fits(KeyFile))
        {
            File.Delete(NextCertificateFile);
            return;
        }

        File.Move(NextCertificateFile, CertificateFile, overwrite: true);
        DurableFile.SyncFolder(Folder);
    }

    private bool Fits(string keyFile)
    {
        if (!File.Exists(keyFile)) return false;
        try
        {
            X509Certificate2.CreateFromPemFile(NextCertificateFile, keyFile).Dispose();
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private string In(string name) => System.IO.Path.Combine(Folder, name);
}
