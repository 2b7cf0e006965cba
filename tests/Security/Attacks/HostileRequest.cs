using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>
/// Certificate requests at the door that are too long, weak, signed by another key, or ask for somebody else's name, for an authority, for
/// a server. A certificate that comes back is good for nothing but the vehicle's own name.
/// </summary>
public sealed class HostileRequest : IAttack
{
    private int vehicles;

    public string Name => "oversized and hostile certificate requests";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var (door, name) = await OpenAsync(scene, stop).ConfigureAwait(false);
        using (door)
        {
            var (status, made) = await AskAsync(door, Json(Door.NewRequest()), stop).ConfigureAwait(false);
            using (made) return status == 200 && IsOnlyFor(made, name) ? null : $"a vehicle's own request is answered {status}";
        }
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        List<string> found = [];
        var (door, name) = await OpenAsync(scene, stop).ConfigureAwait(false);
        using var owned = door;
        foreach (var (what, body) in Bodies())
        {
            tried++;
            using var content = body;
            var (status, made) = await AskAsync(door, content, stop).ConfigureAwait(false);
            using (made)
            {
                if (status >= 500) crashed++;
                if (status is null or >= 400 || IsOnlyFor(made, name)) continue;
                let++;
                found.Add($"{what}: {status} {made?.Subject}");
            }
        }

        return new Tally(tried, let, crashed, string.Join(", ", found.Take(3)));
    }

    private static IEnumerable<(string What, HttpContent Body)> Bodies()
    {
        var good = Door.NewRequest();
        // Too long: by a little, by much, and in pieces without end.
        foreach (var bytes in (int[])[17_000, 1_000_000, 20_000_000])
        {
            yield return ($"{bytes} bytes", Json(good + new string('\n', bytes)));
            yield return ($"{bytes} bytes beside it", new StringContent($$"""{"more":"{{new string('x', bytes)}}","csr":{{JsonSerializer.Serialize(good)}}}""", Encoding.UTF8, "application/json"));
        }

        yield return ("500 names", Json(Request(r => r.CertificateExtensions.Add(Names(Enumerable.Range(0, 500).Select(i => $"host-{i.ToString(CultureInfo.InvariantCulture)}.example"))))));
        yield return ("nested without end", new StringContent("""{"csr":""" + new string('[', 10_000), Encoding.UTF8, "application/json"));
        // What it must not get, whoever asks for it.
        foreach (var subject in (string[])["CN=victim", "CN=hub", "CN=victim, CN=mallory", "CN=\"a,CN=victim\"", "CN=#, O=field"]) yield return (subject, Json(Door.NewRequest(subject)));
        yield return ("other names", Json(Request(r => r.CertificateExtensions.Add(Names(["victim", "localhost"])))));
        yield return ("an authority", Json(Request(r => r.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true)))));
        yield return ("a server", Json(Request(r => r.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false)))));
        using var weak = RSA.Create(1024);
        yield return ("a weak key", Json(new CertificateRequest("CN=vehicle", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem()));
        var forged = Convert.FromBase64String(string.Concat(good.Split('\n').Where(l => !l.StartsWith('-'))));
        forged[^1] ^= 1;
        yield return ("another key's signature", Json(PemEncoding.WriteString("CERTIFICATE REQUEST", forged)));
        foreach (var odd in (string[])["", "x", "-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----", PemEncoding.WriteString("CERTIFICATE REQUEST", new byte[4_000]), new string('\0', 100)]) yield return ("no request", Json(odd));
        yield return ("a number", new StringContent("""{"csr":7}""", Encoding.UTF8, "application/json"));
        yield return ("nothing", new StringContent("null", Encoding.UTF8, "application/json"));
    }

    private static JsonContent Json(string csr) => JsonContent.Create(new { csr });

    private static X509Extension Names(IEnumerable<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts) names.AddDnsName(host);
        return names.Build();
    }

    private static string Request(Action<CertificateRequest> change)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=vehicle", key, HashAlgorithmName.SHA256);
        change(request);
        return request.CreateSigningRequestPem();
    }

    private static bool IsOnlyFor(X509Certificate2? made, string name) => made is not null && made.Subject == "CN=" + name
        && !made.Extensions.Any(e => e.Oid?.Value == "2.5.29.17" || e is X509BasicConstraintsExtension { CertificateAuthority: true }
            || (e is X509EnhancedKeyUsageExtension usage && usage.EnhancedKeyUsages.Cast<Oid>().Any(o => o.Value != "1.3.6.1.5.5.7.3.2")));

    /// <returns>The status and the certificate that came; no status when the door hung up.</returns>
    private static async Task<(int? Status, X509Certificate2? Made)> AskAsync(HttpClient door, HttpContent body, CancellationToken stop)
    {
        try
        {
            using var answer = await door.PostAsync(new Uri("vehicle/v1/certificate", UriKind.Relative), body, stop).ConfigureAwait(false);
            var made = answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>(stop).ConfigureAwait(false)).GetProperty("certificate").GetString() : null;
            return ((int)answer.StatusCode, made is null ? null : X509Certificate2.CreateFromPem(made));
        }
        catch (HttpRequestException)
        {
            return (null, null);
        }
    }

    /// <summary>The door for a new vehicle: only so many certificates in an hour go to each.</summary>
    private async Task<(HttpClient Door, string Name)> OpenAsync(SecurityScene scene, CancellationToken stop)
    {
        var vehicle = await Identity.EnrolAsync(scene.Hub.Api, scene.Options.Folder, "asks-" + (++vehicles).ToString(CultureInfo.InvariantCulture), "sensor-only", stop).ConfigureAwait(false);
        return (Door.Open(scene, vehicle.Load()), vehicle.Id);
    }
}
