using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>
/// The vehicle's private key (ECDSA P-256) in a file, mode 0600. It is made on the vehicle and never leaves it: the hub gets a
/// signing request and gives back a certificate.
/// </summary>
public sealed class VehicleKey : IVehicleKey
{
    private readonly string path;

    private VehicleKey(string path) => this.path = path;

    public string File => path;

    /// <summary>Makes the key unless the file is there; it is on the disk when this returns.</summary>
    /// <exception cref="IOException">The folder cannot be written, or the file holds no key.</exception>
    public static VehicleKey Ensure(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            Outbox.DurableFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            IdentityFolder.WritePrivate(path, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        }

        var made = new VehicleKey(path);
        using var read = made.Open();
        return made;
    }

    public string Request(string vehicle)
    {
        using var key = Open();
        return new CertificateRequest($"CN={vehicle}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    private ECDsa Open()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(System.IO.File.ReadAllText(path));
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new IOException($"{path} holds no private key", e);
        }
    }
}
