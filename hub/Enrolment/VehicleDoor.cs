using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// The vehicles' door: HTTPS on a port of its own, by the authority's server certificate, TLS 1.2 or newer. A client
/// certificate is optional and must be of this authority; what it may do is judged for each call (<see cref="DoorJudge"/>),
/// because a revocation must reach a connection that is open.
/// </summary>
public static class VehicleDoor
{
    private static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(10);

    /// <summary>Only for endpoints under <c>/vehicle/v1</c>.</summary>
    public static RouteHandlerBuilder ForVehicles(this RouteHandlerBuilder route, DoorEntry entry = DoorEntry.Vehicle) =>
        route.WithMetadata(new DoorRoute(entry)).ExcludeFromDescription();

    /// <summary>The id of the vehicle that called through the door.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is for anybody.</exception>
    public static string Vehicle(this HttpContext context) => context.Standing().Vehicle;

    internal static VehicleStanding Standing(this HttpContext context) =>
        context.Features.Get<VehicleStanding>() ?? throw new InvalidOperationException("nobody showed a certificate: the endpoint is not for vehicles alone");

    internal static void Listen(KestrelServerOptions kestrel, DoorPlace place, CertificateAuthority authority, EnrolmentOptions options, AccessOptions access) => kestrel.Listen(place.Choose(), listen =>
    {
        // Before TLS: whoever opens many and says nothing is not even greeted.
        listen.Use(new ConnectionLimit(options.ConnectionsPerAddress, new ProxyList(access)).Wrap);
        listen.Protocols = HttpProtocols.Http1;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = LongestHandshake,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = authority.ServerChain(),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificateRequired = true,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                // A resumed session would show the certificate of an earlier verdict.
                AllowTlsResume = false,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is null || IsOurs(authority, certificate),
            }),
        });
        listen.Use(next => connection =>
        {
            connection.Features.Set(new Connection());
            return next(connection);
        });
    });

    /// <summary>Before people's sign-in: the door has its own judge.</summary>
    internal static void Use(IApplicationBuilder app)
    {
        var judge = app.ApplicationServices.GetRequiredService<DoorJudge>();
        app.Use(async (context, next) =>
        {
            var route = context.GetEndpoint()?.Metadata.GetMetadata<DoorRoute>();
            if (context.Features.Get<Connection>() is null)
            {
                if (route is null) await next(context).ConfigureAwait(false);
                else context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            context.Response.Headers.CacheControl = "no-store";
            if (route is null)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
            else if (await judge.RefuseAsync(context, route.Entry).ConfigureAwait(false) is { } refusal)
            {
                await TypedResults.Problem(refusal, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context).ConfigureAwait(false);
            }
            else
            {
                await context.GetEndpoint()!.RequestDelegate!(context).ConfigureAwait(false);
            }
        });
    }

    private static bool IsOurs(CertificateAuthority authority, X509Certificate shown)
    {
        if (shown is X509Certificate2 certificate) return authority.HasIssued(certificate);
        using var read = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return authority.HasIssued(read);
    }

    /// <summary>Marks a connection that came through the door.</summary>
    private sealed class Connection;
}
