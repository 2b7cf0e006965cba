using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>What attacks do at the vehicles' door.</summary>
internal static class Door
{
    /// <summary>Everything there that asks for a vehicle's certificate.</summary>
    public static readonly (string Method, string Path)[] ForVehicles =
    [
        ("GET", "vehicle/v1/identity"), ("POST", "vehicle/v1/certificate"), ("POST", "vehicle/v1/update?running=1.0.0"), ("GET", "vehicle/v1/updates/" + Sha),
    ];

    private const string Sha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>A client that trusts the hub's authority.</summary>
    /// <param name="shown">What it shows of itself, whether or not the door asks for such; null: nothing.</param>
    public static HttpClient Open(SecurityScene scene, X509Certificate2? shown)
    {
        var tls = Trust(scene);
        if (shown is not null) tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => shown;
        return new HttpClient(new SocketsHttpHandler { SslOptions = tls, AllowAutoRedirect = false }) { BaseAddress = new Uri($"https://127.0.0.1:{scene.Hub.DoorPort}/"), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>How the door is known.</summary>
    public static SslClientAuthenticationOptions Trust(SecurityScene scene) => new()
    {
        TargetHost = "127.0.0.1",
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(scene.Victim.Tls.CaFile) },
        },
    };

    /// <summary>Asks with a request for a certificate of a new key as the body.</summary>
    /// <returns>The status; null when the door did not even shake hands.</returns>
    public static async Task<int?> AskAsync(HttpClient door, string method, string path, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (method != "GET") request.Content = JsonContent.Create(new { csr = NewRequest() });
        try
        {
            using var answer = await door.SendAsync(request, stop).ConfigureAwait(false);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>What a technician's vehicle would send.</summary>
    public static string NewRequest(string name = "CN=vehicle")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(name, key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    /// <summary>The hub's authority with its key: a thief of both could sign what they like.</summary>
    public static X509Certificate2 Authority(SecurityScene scene)
    {
        var folder = Path.Combine(scene.Hub.Data, "ca");
        return X509Certificate2.CreateFromPemFile(Path.Combine(folder, "ca.crt"), Path.Combine(folder, "ca.key"));
    }
}
