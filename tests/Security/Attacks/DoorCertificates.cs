using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>
/// The vehicles' door without a certificate, and with those of others: a stranger's authority, the hub's own authority under a name or a
/// serial number that the hub gave to somebody else, the broker's, a revoked one, and ones that ran out.
/// </summary>
public sealed class DoorCertificates : IAttack
{
    private int made;

    public string Name => "no, foreign and old certificates at the door";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var fresh = await EnrolAsync(scene, stop).ConfigureAwait(false);
        foreach (var (method, path) in Door.ForVehicles)
        {
            if (await AskAsync(scene, fresh.Load(), method, path, stop).ConfigureAwait(false) is null or 401 or 403) return $"a vehicle is refused at {path}";
        }

        using var late = await AgedAsync(scene, -400, -10, stop).ConfigureAwait(false);
        return await AskAsync(scene, late, "POST", "vehicle/v1/certificate", stop).ConfigureAwait(false) is 200 ? null : "a certificate that ran out within the grace is not renewed";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        List<string> found = [];
        async Task KnockAsync(string what, X509Certificate2? shown, IEnumerable<(string Method, string Path)> doors)
        {
            foreach (var (method, path) in doors)
            {
                tried++;
                var status = await AskAsync(scene, shown, method, path, stop).ConfigureAwait(false);
                if (status is null or 403) continue;
                if (status >= 500) crashed++;
                let++;
                found.Add($"{what} at {path}: {status}");
            }
        }

        using var authority = Door.Authority(scene);
        var now = TimeProvider.System.GetUtcNow();
        await KnockAsync("nothing", null, Door.ForVehicles).ConfigureAwait(false);

        using var strangersKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(authority.SubjectName, strangersKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var stranger = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        using var victims = scene.Victim.Load();
        using var mallorys = scene.Mallory.Load();
        foreach (var (what, name, signer, serial) in ((string, string, X509Certificate2, string?)[])
        [
            ("a stranger's authority", "victim", stranger, null), ("a stranger's authority with the right serial", "victim", stranger, victims.SerialNumber),
            ("a serial that the hub never gave", "victim", authority, null), ("the hub's name", "hub", authority, null), ("a name that nobody has", "nobody", authority, null),
            ("the victim's name, the attacker's serial", "victim", authority, mallorys.SerialNumber), ("the attacker's name, the victim's serial", "mallory", authority, victims.SerialNumber),
        ])
        {
            using var shown = Make(scene, name, signer, now.AddHours(-1), now.AddDays(30), serial);
            await KnockAsync(what, shown, Door.ForVehicles).ConfigureAwait(false);
        }

        using var servers = X509Certificate2.CreateFromPemFile(Path.Combine(scene.Hub.Data, "ca", "server.crt"), Path.Combine(scene.Hub.Data, "ca", "server.key"));
        await KnockAsync("the broker's certificate", servers, Door.ForVehicles).ConfigureAwait(false);

        var taken = await EnrolAsync(scene, stop).ConfigureAwait(false);
        await scene.Hub.Api.PostAsync($"api/vehicles/{taken.Id}/revocation", new { reason = "stolen" }, stop).ConfigureAwait(false);
        using var revoked = taken.Load();
        await KnockAsync("revoked", revoked, Door.ForVehicles).ConfigureAwait(false);

        // Within the grace it may renew, and nothing else.
        using var late = await AgedAsync(scene, -400, -1, stop).ConfigureAwait(false);
        await KnockAsync("run out", late, Door.ForVehicles.Where(d => d.Path.Contains("update", StringComparison.Ordinal))).ConfigureAwait(false);
        using var tooLate = await AgedAsync(scene, -900, -100, stop).ConfigureAwait(false);
        await KnockAsync("long run out", tooLate, Door.ForVehicles).ConfigureAwait(false);
        return new Tally(tried, let, crashed, string.Join(", ", found.Take(3)));
    }

    private static async Task<int?> AskAsync(SecurityScene scene, X509Certificate2? shown, string method, string path, CancellationToken stop)
    {
        using var door = Door.Open(scene, shown);
        return await Door.AskAsync(door, method, path, stop).ConfigureAwait(false);
    }

    private Task<Identity> EnrolAsync(SecurityScene scene, CancellationToken stop) =>
        Identity.EnrolAsync(scene.Hub.Api, scene.Options.Folder, "door-" + (++made).ToString(CultureInfo.InvariantCulture), "sensor-only", stop);

    /// <summary>A certificate that the hub gave to a vehicle of its own so many days ago.</summary>
    private async Task<X509Certificate2> AgedAsync(SecurityScene scene, double from, double until, CancellationToken stop)
    {
        var vehicle = await EnrolAsync(scene, stop).ConfigureAwait(false);
        using var authority = Door.Authority(scene);
        var now = TimeProvider.System.GetUtcNow();
        var old = Make(scene, vehicle.Id, authority, now.AddDays(from), now.AddDays(until), null);
        scene.Hub.Books.AddCertificate(vehicle.Id, old);
        return old;
    }

    private X509Certificate2 Make(SecurityScene scene, string name, X509Certificate2 authority, DateTimeOffset from, DateTimeOffset until, string? serial) => Identity.Make(
        scene.Options.Folder, "door-made-" + (++made).ToString(CultureInfo.InvariantCulture), name, authority, File.ReadAllText(scene.Victim.Tls.CaFile), from, until, serial).Load();
}
