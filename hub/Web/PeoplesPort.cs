using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>
/// The port of the page and the API: TLS 1.2 or newer where a certificate is configured, a plain port beside it that only leads there,
/// forwarded headers from named proxies alone, and nothing in plain HTTP beyond this machine unless somebody said so.
/// </summary>
internal static class PeoplesPort
{
    private static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(10);

    /// <returns>Why the hub must not start like this; null when it may.</returns>
    public static string? Fault(HubOptions hub, TlsOptions tls, AccessOptions access)
    {
        if (IPAddress.IsLoopback(IPAddress.Parse(hub.Address)) || tls.IsOn || tls.PlainBeyondLoopback || access.Proxies.Count > 0) return null;
        return $"Hub:Address {hub.Address} is reached from other machines, and there passwords would go in plain text: give a certificate (Tls:CertificateFile, Tls:KeyFile), "
            + "or name the proxy that ends TLS (Access:Proxies), or listen on 127.0.0.1; on a closed test network Tls:PlainBeyondLoopback=true";
    }

    public static void Listen(KestrelServerOptions kestrel, HubOptions hub, TlsOptions tls)
    {
        var services = kestrel.ApplicationServices;
        var log = services.GetRequiredService<ILogger<PeoplesCertificate>>();
        var address = IPAddress.Parse(hub.Address);
        var limit = new ConnectionLimit(hub.ConnectionsPerAddress, services.GetRequiredService<ProxyList>());
        if (!IPAddress.IsLoopback(address) && tls is { IsOn: false, PlainBeyondLoopback: true }) log.PlainBeyondLoopback(hub.Address);
        kestrel.Listen(address, hub.Port, listen =>
        {
            listen.Use(limit.Wrap);
            Mark(listen, new Door(LeadsTo: null));
            if (!tls.IsOn) return;
            var certificate = new PeoplesCertificate(tls, services.GetRequiredService<TimeProvider>(), log);
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = LongestHandshake,
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate.Current,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                }),
            });
        });
        if (tls.RedirectPort == 0) return;
        kestrel.Listen(address, tls.RedirectPort, listen =>
        {
            listen.Use(limit.Wrap);
            Mark(listen, new Door(hub.Port));
        });
    }

    /// <summary>Before everything else that answers, behind the headers of every answer.</summary>
    public static void Use(WebApplication app)
    {
        var services = app.Services;
        var unnamed = services.GetRequiredService<UnnamedProxy>();
        var (tls, access, proxies) = (services.GetRequiredService<TlsOptions>(), services.GetRequiredService<AccessOptions>(), services.GetRequiredService<ProxyList>());
        app.Use((context, next) => context.Features.Get<Door>() switch
        {
            { LeadsTo: { } port } => LeadAsync(context, access, port),
            // Around the proxy, and not from this machine: what the proxy was put there for would not hold.
            not null when !tls.IsOn && !tls.PlainBeyondLoopback && !context.Request.IsHttps && !proxies.MayBePlain(context.Connection.RemoteIpAddress) =>
                RefuseAsync(context, "this port is for the city's proxy: use the hub's https address"),
            // Everybody would seem to be that proxy: one sign-in limit for all, no bound on connections, and plain HTTP for strangers.
            not null when unnamed.Sends(context) =>
                RefuseAsync(context, "this came through a proxy that the hub does not know: name its address in Access:Proxies, or let it send no X-Forwarded-For, X-Forwarded-Proto and Forwarded"),
            _ => next(context),
        });
        if (access.Proxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in proxies.Networks) forwarded.KnownIPNetworks.Add(network);
            app.UseForwardedHeaders(forwarded);
        }

        if (tls.HstsDays == 0) return;
        var hsts = "max-age=" + (tls.HstsDays * 86_400).ToString(CultureInfo.InvariantCulture);
        app.Use((context, next) =>
        {
            // Browsers take it for the whole host, whatever the port: never for one that is this machine itself.
            if (context.Request.IsHttps && context.Features.Get<Door>() is not null && context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.StrictTransportSecurity = hsts;
                    return Task.CompletedTask;
                });
            return next(context);
        });
    }

    private static void Mark(ListenOptions listen, Door door) => listen.Use(next => connection =>
    {
        connection.Features.Set(door);
        return next(connection);
    });

    // What was sent in plain text is known already: only a look is led on.
    private static Task LeadAsync(HttpContext context, AccessOptions access, int port)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) return RefuseAsync(context, "this port only leads to the https address: send it there");
        var to = access.PublicUrl.StartsWith("https:", StringComparison.Ordinal) ? access.PublicUrl : $"https://{context.Request.Host.Host}{(port == 443 ? "" : ":" + port.ToString(CultureInfo.InvariantCulture))}";
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = to + context.Request.PathBase + context.Request.Path + context.Request.QueryString;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);

    /// <summary>Marks connections of this port.</summary>
    /// <param name="LeadsTo">The https port that this one leads to; null for the port itself.</param>
    private sealed record Door(int? LeadsTo);
}
