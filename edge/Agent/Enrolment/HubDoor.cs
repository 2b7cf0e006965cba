using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
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

    private readonly X509Certificate2Collection authorities;
    private readonly X509Certificate2? own;

    private HubDoor(HubPlace.Address place, X509Certificate2Collection authorities, X509Certificate2? own, DeviceClock clock)
    {
        (this.authorities, this.own) = (authorities, own);
        Client = Connect(place, own, new DoorCheck(authorities, () => clock.VerifyAt, clock.HasPassed).IsGood);
    }

    /// <summary>Addresses are relative to the door: <c>vehicle/v1/…</c>. The time-out covers the head of an answer.</summary>
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
        catch (System.Security.Cryptography.CryptographicException e)
        {
            throw new InvalidDataException($"the identity in {identity.Folder} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The door before the vehicle has a certificate, by an authority that was found good already.</summary>
    internal static HubDoor Pinned(HubPlace.Address place, X509Certificate2 authority, DeviceClock clock) => new(place, [authority], null, clock);

    /// <summary>The authorities that the door says it has. Nothing is verified: the caller compares a fingerprint.</summary>
    internal static async Task<X509Certificate2Collection> AskAuthoritiesAsync(HubPlace.Address place, int mostBytes, CancellationToken stop)
    {
        using var client = Connect(place, null, (_, _, _) => true);
        client.MaxResponseContentBufferSize = mostBytes;
        var pem = await client.GetStringAsync(new Uri("vehicle/v1/authority", UriKind.Relative), stop).ConfigureAwait(false);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities;
    }

    public void Dispose()
    {
        Client.Dispose();
        own?.Dispose();
        foreach (var authority in authorities) authority.Dispose();
    }

    private static HttpClient Connect(HubPlace.Address place, X509Certificate2? own, Func<string, X509Certificate?, X509Chain?, bool> isGood)
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
        return new HttpClient(handler) { BaseAddress = new Uri($"https://{host}:{place.Port}/"), Timeout = LongestCall, MaxResponseContentBufferSize = 1024 * 1024 };
    }
}
