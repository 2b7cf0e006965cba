using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>
/// The vehicle's private key (ECDSA P-256). It is made on the vehicle and never leaves it: the hub gets a signing request
/// and gives back a certificate.
/// </summary>
public static class VehicleKey
{
    public const string FileName = "vehicle.key";

    /// <summary>Makes the key unless the folder has one.</summary>
    /// <returns>A certificate signing request for it, PEM, CN = the vehicle's id.</returns>
    /// <exception cref="IOException">The folder cannot be written, or holds a file of that name that is no key.</exception>
    public static string Request(string folder, string vehicle)
    {
        var path = Path.Combine(folder, FileName);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(path)) Import(key, path);
        else Write(key, folder, path);
        return new CertificateRequest($"CN={vehicle}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    private static void Import(ECDsa key, string path)
    {
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new IOException($"{path} holds no private key", e);
        }
    }

    private static void Write(ECDsa key, string folder, string path)
    {
        Directory.CreateDirectory(folder);
        using var file = new StreamWriter(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.WriteLine(key.ExportPkcs8PrivateKeyPem());
    }
}
