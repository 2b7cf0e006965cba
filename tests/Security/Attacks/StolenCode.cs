using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Enrolment codes that were used by somebody else's key, replaced by a newer one, taken back by a revocation, or guessed.</summary>
public sealed class StolenCode : IAttack
{
    private const int Guesses = 200;
    private int vehicles;

    public string Name => "stolen, used, replaced and guessed codes";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var code = await MakeAsync(scene, await RegisterAsync(scene, stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        var status = await SpendAsync(scene, code, code.SecretText, stop).ConfigureAwait(false);
        return status == 200 ? null : $"a good code is answered {status}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        async Task StealAsync(EnrolmentCode code, string secret)
        {
            tried++;
            var status = await SpendAsync(scene, code, secret, stop).ConfigureAwait(false);
            if (status < 400) let++;
            if (status >= 500) crashed++;
        }

        var used = await MakeAsync(scene, await RegisterAsync(scene, stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        if (await SpendAsync(scene, used, used.SecretText, stop).ConfigureAwait(false) != 200) throw new InvalidDataException("the owner cannot spend the code");
        // Each with a key of its own: the thief's.
        for (var i = 0; i < 5; i++) await StealAsync(used, used.SecretText).ConfigureAwait(false);

        var vehicle = await RegisterAsync(scene, stop).ConfigureAwait(false);
        var older = await MakeAsync(scene, vehicle, stop).ConfigureAwait(false);
        var newer = await MakeAsync(scene, vehicle, stop).ConfigureAwait(false);
        for (var i = 0; i < 5; i++) await StealAsync(older, older.SecretText).ConfigureAwait(false);
        await scene.Hub.Api.PostAsync($"api/vehicles/{vehicle}/revocation", new { reason = "stolen" }, stop).ConfigureAwait(false);
        for (var i = 0; i < 5; i++) await StealAsync(newer, newer.SecretText).ConfigureAwait(false);

        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        for (var i = 0; i < Guesses; i++) await StealAsync(newer, RandomNumberGenerator.GetString(alphabet, newer.SecretText.Length)).ConfigureAwait(false);
        foreach (var odd in (string[])["", "%", "' OR 1=1 --", new string('0', 10_000), newer.Format()]) await StealAsync(newer, odd).ConfigureAwait(false);
        return new Tally(tried, let, crashed);
    }

    private async Task<string> RegisterAsync(SecurityScene scene, CancellationToken stop)
    {
        var id = "coded-" + (++vehicles).ToString(CultureInfo.InvariantCulture);
        await scene.Hub.Api.PostAsync("api/vehicles", new { id, name = id, kind = "sensor-only" }, stop).ConfigureAwait(false);
        return id;
    }

    private static async Task<EnrolmentCode> MakeAsync(SecurityScene scene, string vehicle, CancellationToken stop)
    {
        var made = await scene.Hub.Api.PostAsync($"api/vehicles/{vehicle}/enrolment-codes", new { }, stop).ConfigureAwait(false) ?? throw new InvalidDataException("the hub makes no code");
        return EnrolmentCode.TryParse(made.GetProperty("code").GetString()!, out var code, out var fault) ? code : throw new InvalidDataException(fault);
    }

    /// <returns>The door's answer to a code that comes with a new key.</returns>
    private static async Task<int> SpendAsync(SecurityScene scene, EnrolmentCode at, string secret, CancellationToken stop)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(scene.Victim.Tls.CaFile);
        using var door = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new() { CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck } },
        });
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=thief", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        using var answer = await door.PostAsJsonAsync(new UriBuilder("https", at.Host, at.Port, "vehicle/v1/enrolment").Uri, new { code = secret, csr }, stop).ConfigureAwait(false);
        return (int)answer.StatusCode;
    }
}
