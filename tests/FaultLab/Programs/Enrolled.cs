using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.FaultLab.Programs;

/// <summary>A vehicle's key, and the hub's certificate for it.</summary>
internal sealed record Enrolled(string CaFile, string CertificateFile, string KeyFile)
{
    /// <summary>Asks the hub for a certificate; also for one that has run out, with the same key.</summary>
    public static async Task<Enrolled> AskAsync(HubApi api, string id, string home, CancellationToken stop)
    {
        var files = new Enrolled(Path.Combine(home, "ca.pem"), Path.Combine(home, "vehicle.pem"), Path.Combine(home, "vehicle.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(files.KeyFile)) key.ImportFromPem(await File.ReadAllTextAsync(files.KeyFile, stop).ConfigureAwait(false));
        else DemoFolder.WriteSecret(files.KeyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        var request = new CertificateRequest($"CN={id}", key, HashAlgorithmName.SHA256);
        var answer = await api.PostAsync($"api/vehicles/{id}/certificate", new { csr = request.CreateSigningRequestPem() }, stop).ConfigureAwait(false)
            ?? throw new InvalidDataException($"the hub does not enrol {id}");
        await File.WriteAllTextAsync(files.CaFile, answer.GetProperty("ca").GetString(), stop).ConfigureAwait(false);
        await File.WriteAllTextAsync(files.CertificateFile, answer.GetProperty("certificate").GetString(), stop).ConfigureAwait(false);
        return files;
    }
}
