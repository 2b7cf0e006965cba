using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Certificates that somebody else signed, with the names of vehicles and of the hub itself.</summary>
public sealed class StrangersCertificate : IAttack
{
    public string Name => "a certificate of a stranger's authority";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop) =>
        await Broker.IsLetInAsync(scene.Victim, scene.Hub.BrokerPort, stop).ConfigureAwait(false) ? null : "the vehicle's own certificate is refused";

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The same name as the hub's own authority: only the key differs.
        using var real = X509CertificateLoader.LoadCertificateFromFile(scene.Victim.Tls.CaFile);
        var request = new CertificateRequest(real.SubjectName, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        var (tried, let) = (0, 0);
        foreach (var name in (string[])["victim", "mallory", "hub", "hub-down", "hub-durable", "nobody", "#", "field/v1"])
        {
            var forged = Identity.Make(scene.Options.Folder, $"stranger-{tried}", name, authority, await File.ReadAllTextAsync(scene.Victim.Tls.CaFile, stop).ConfigureAwait(false), now.AddHours(-1), now.AddDays(30));
            tried++;
            if (await Broker.IsLetInAsync(forged, scene.Hub.BrokerPort, stop).ConfigureAwait(false)) let++;
        }

        return new Tally(tried, let, 0);
    }
}
