using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>Gives each vehicle a key of its own and the hub's certificate for it; kept from run to run.</summary>
public sealed class Enrolment(DemoFolder folder, HubApi api)
{
    /// <summary>Registers the vehicle and its crew and enrols it. The broker's port may have changed: it is asked each time.</summary>
    public async Task<Enrolled> EnrolAsync(VehiclePlan plan, CancellationToken stop)
    {
        await api.PostAsync("api/vehicles", new { id = plan.Id, name = plan.Name, kind = plan.Crewed ? "crewed" : "sensor-only" }, stop).ConfigureAwait(false);
        if (plan.Crewed)
        {
            await api.PostAsync("api/crews", new { id = plan.CrewId, name = plan.CrewName, members = Members(plan) }, stop).ConfigureAwait(false);
        }

        var home = folder.Vehicle(plan.Id);
        var keyFile = Path.Combine(home, "vehicle.key");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(keyFile)) key.ImportFromPem(await File.ReadAllTextAsync(keyFile, stop).ConfigureAwait(false));
        else DemoFolder.WriteSecret(keyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        var request = new CertificateRequest($"CN={plan.Id}", key, HashAlgorithmName.SHA256);
        var answer = await api.PostAsync($"api/vehicles/{plan.Id}/certificate", new { csr = request.CreateSigningRequestPem() }, stop).ConfigureAwait(false)
            ?? throw new InvalidDataException($"the hub does not enrol {plan.Id}");
        var enrolled = new Enrolled(answer.GetProperty("host").GetString()!, answer.GetProperty("port").GetInt32(),
            Path.Combine(home, "ca.pem"), Path.Combine(home, "vehicle.pem"), keyFile);
        await File.WriteAllTextAsync(enrolled.CaFile, answer.GetProperty("ca").GetString(), stop).ConfigureAwait(false);
        await File.WriteAllTextAsync(enrolled.CertificateFile, answer.GetProperty("certificate").GetString(), stop).ConfigureAwait(false);
        return enrolled;
    }

    public static string[] Members(VehiclePlan plan) => [$"m-{plan.Seed % 9000 + 1000}", $"m-{plan.Seed / 7 % 9000 + 1000}"];
}
