using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>What every page and API call of the hub has in common.</summary>
public static class WebSetup
{
    // Longest body of an API call; records come by MQTT, never here.
    private const long MaxBodyBytes = 1024 * 1024;

    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder, HubOptions options, TlsOptions tls)
    {
        builder.WebHost.UseKestrel(kestrel => Limit(kestrel, options, tls));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // What keeps the host from starting, or ends it, is said once by the run command, in a sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        var services = builder.Services;
        services.AddSingleton(tls);
        services.AddSingleton<ProxyList>();
        services.AddSingleton<UnnamedProxy>();
        services.Configure<HostOptions>(host =>
        {
            host.ServicesStartConcurrently = false;
            host.ServicesStopConcurrently = false;
            host.ShutdownTimeout = TimeSpan.FromSeconds(20);
        });
        services.AddRouting();
        services.ConfigureHttpJsonOptions(json => HubJson.Configure(json.SerializerOptions));
        // After everybody who says how a type is written.
        services.PostConfigure<JsonOptions>(json => json.SerializerOptions.TypeInfoResolver = json.SerializerOptions.TypeInfoResolver?.WithAddedModifier(ProblemCode.AddTo));
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Detail ??= BadRequests.Explain(context.ProblemDetails.Status ?? 0));
        services.AddResponseCompression(compression =>
        {
            // The live feed is missing here on purpose: a compressor would hold its frames back.
            compression.MimeTypes = ["application/json", "application/problem+json", "application/x-ndjson", "application/geo+json", "text/html", "text/xml", "text/css", "text/javascript", "image/svg+xml"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        return builder;
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseSecurityHeaders();
        PeoplesPort.Use(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseResponseCompression();
        app.UseMiddleware<BadRequests>();
    }

    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/healthz", () => TypedResults.Ok(new { status = "ok" })).WithSummary("Say that the hub answers");

    private static void Limit(KestrelServerOptions kestrel, HubOptions options, TlsOptions tls)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = 2_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        // Whoever sends a body byte by byte is cut off: 240 bytes a second after 5 s of grace.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        PeoplesPort.Listen(kestrel, options, tls);
    }
}
