using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Security.Scene;

/// <summary>A hub's door in a stranger's hands: it offers a vehicle whatever manifest and archive it likes.</summary>
public sealed class UpdateDoor : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, byte[]> archives = new(StringComparer.Ordinal);
    private byte[]? offer;
    private int asked;
    private int fetched;

    private UpdateDoor(WebApplication app, int port) => (this.app, Port) = (app, port);

    public int Port { get; }

    /// <summary>Times that the vehicle fetched an archive.</summary>
    public int Fetched => Volatile.Read(ref fetched);

    /// <summary>What the vehicle said last of a manifest that it refused.</summary>
    public string Refused { get; private set; } = "";

    /// <param name="files">Of the server, by name: its certificate and key.</param>
    public static async Task<UpdateDoor> StartAsync(IReadOnlyDictionary<string, string> files)
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        using var ephemeral = X509Certificate2.CreateFromPem(files["server.crt"], files["server.key"]);
        var certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.ListenLocalhost(port, l => l.UseHttps(certificate)));
        var app = builder.Build();
        var door = new UpdateDoor(app, port);
        app.Run(door.AnswerAsync);
        await app.StartAsync().ConfigureAwait(false);
        return door;
    }

    /// <summary>Offers it, and waits until the vehicle has judged it: it has asked again, twice.</summary>
    /// <param name="envelope">As the door gives it; null: nothing is offered.</param>
    public async Task OfferAsync(byte[]? envelope)
    {
        Volatile.Write(ref offer, envelope);
        var before = Volatile.Read(ref asked);
        await Eventually.TrueAsync(() => Volatile.Read(ref asked) >= before + 2, "the vehicle asks for updates", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
    }

    public void Keep(string sha256, byte[] archive) => archives[sha256] = archive;

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/vehicle/v1/update")
        {
            Interlocked.Increment(ref asked);
            if (context.Request.Query["refused"] is [{ Length: > 0 } why]) Refused = why;
            if (Volatile.Read(ref offer) is { } envelope) await context.Response.Body.WriteAsync(envelope).ConfigureAwait(false);
            else context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (path.StartsWith("/vehicle/v1/updates/", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref fetched);
            if (archives.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out var archive)) await context.Response.Body.WriteAsync(archive).ConfigureAwait(false);
            else context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
