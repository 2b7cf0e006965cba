using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ThreeOneOne.Field.Agent.Clock;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>
/// The hub's door for vehicles: HTTPS that trusts the pinned authority alone and shows the vehicle's certificate. Opened for
/// what is to be done and closed again: the platform's HTTP takes memory that a vehicle rarely needs.
/// </summary>
public sealed class HubDoor : IDisposable
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(60);

    private HubDoor(HubPlace.Address place, X509Certificate2Collection authorities, X509Certificate2? own, DeviceClock clock) =>
        Client = Connect(place, own, new DoorCheck(authorities, () => clock.VerifyAt, clock.HasPassed).IsGood, own is null ? [.. authorities] : [.. authorities, own]);

    /// <summary>
    /// Addresses are relative to the door: <c>vehicle/v1/…</c>. The time-out covers the head of an answer. Who disposes it has closed
    /// the door: certificates and keys go with it.
    /// </summary>
    public HttpClient Client { get; }

    /// <summary>Opens the door of an enrolled vehicle.</summary>
    /// <param name="identity">The vehicle's identity.</param>
    /// <param name="clock">Says at which time certificates are verified, and hears of times that have passed.</param>
    /// <exception cref="InvalidDataException">The vehicle is not enrolled, or its files cannot be read.</exception>
    public static HubDoor Open(IdentityFolder identity, DeviceClock clock)
    {
        var place = identity.Read() ?? throw new InvalidDataException($"{identity.Folder} holds no identity: enrol the vehicle");
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(identity.AuthorityFile);
            return new HubDoor(place.Door, authorities, X509Certificate2.CreateFromPemFile(identity.CertificateFile, identity.KeyFile), clock);
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException($"the identity in {identity.Folder} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The door before the vehicle has a certificate, by an authority that was found good already.</summary>
    internal static HubDoor Pinned(HubPlace.Address place, X509Certificate2 authority, DeviceClock clock) => new(place, [authority], null, clock);

    /// <summary>The authorities that the door says it has. Nothing is verified: the caller compares a fingerprint.</summary>
    /// <exception cref="EnrolmentRefusedException">What came holds broken certificates; anybody may have answered.</exception>
    /// <exception cref="HttpRequestException">Nothing that answers was reached, or the answer is too long.</exception>
    internal static async Task<X509Certificate2Collection> AskAuthoritiesAsync(HubPlace.Address place, int mostBytes, CancellationToken stop)
    {
        using var client = Connect(place, null, (_, _, _) => true, []);
        client.MaxResponseContentBufferSize = mostBytes;
        // Bytes, not text: a stranger names no character set here.
        var pem = await client.GetByteArrayAsync(new Uri("vehicle/v1/authority", UriKind.Relative), stop).ConfigureAwait(false);
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(Encoding.ASCII.GetString(pem));
            return authorities;
        }
        catch (CryptographicException e)
        {
            throw new EnrolmentRefusedException($"{place.Host}:{place.Port} answers with something that is no certificate; the code was not sent", e) { MayPass = true };
        }
    }

    public void Dispose() => Client.Dispose();

    private static HttpClient Connect(HubPlace.Address place, X509Certificate2? own, Func<string, X509Certificate?, X509Chain?, bool> isGood, IReadOnlyList<X509Certificate2> held)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = LongestConnect,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = (_, shown, chain, _) => isGood(place.Host, shown, chain),
                LocalCertificateSelectionCallback = own is null ? null : (_, _, _, _, _) => own,
            },
        };
        var host = place.Host.Contains(':', StringComparison.Ordinal) ? $"[{place.Host}]" : place.Host;
        return new HttpClient(new Holding(handler, held)) { BaseAddress = new Uri($"https://{host}:{place.Port}/"), Timeout = LongestCall, MaxResponseContentBufferSize = 1024 * 1024 };
    }

    /// <summary>Holds certificates for as long as the client lives.</summary>
    private sealed class Holding(SocketsHttpHandler inner, IReadOnlyList<X509Certificate2> held) : DelegatingHandler(inner)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing) return;
            foreach (var certificate in held) certificate.Dispose();
        }
    }
}
