using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Certificates that the hub's own authority signed, and whose time is over or has not come.</summary>
public sealed class ExpiredCertificate : IAttack
{
    public string Name => "an expired certificate";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop) =>
        await AskAsync(scene, "current", -1, 30, stop).ConfigureAwait(false) ? null : "one whose time it is is refused";

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let) = (0, 0);
        foreach (var (from, until) in ((double From, double Until)[])[(-400, -1), (-2, -0.01), (-2, -0.001), (0.1, 30), (1, 2), (-3000, -2000)])
        {
            tried++;
            if (await AskAsync(scene, $"past-{tried}", from, until, stop).ConfigureAwait(false)) let++;
        }

        return new Tally(tried, let, 0);
    }

    private static async Task<bool> AskAsync(SecurityScene scene, string file, double from, double until, CancellationToken stop)
    {
        var folder = Path.Combine(scene.Hub.Data, "ca");
        using var authority = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "ca.crt"), Path.Combine(folder, "ca.key"));
        var now = TimeProvider.System.GetUtcNow();
        var made = Identity.Make(
            scene.Options.Folder, file, scene.Victim.Id, authority, await File.ReadAllTextAsync(scene.Victim.Tls.CaFile, stop).ConfigureAwait(false), now.AddDays(from), now.AddDays(until));
        return await Broker.IsLetInAsync(made, scene.Hub.BrokerPort, stop).ConfigureAwait(false);
    }
}
