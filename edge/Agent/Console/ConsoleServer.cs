using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Wire;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>
/// The crew screen, on loopback only: its page, GET /console/state, GET /console/events (the state whenever it changes), POST
/// /console/shift, POST /console/actions, POST /console/attachments (the file itself as body), POST /console/say. Replies to a
/// POST come after the fsync. Other sites' pages in the same browser are kept out by the host, origin and content type that
/// they cannot forge.
/// </summary>
public static class ConsoleServer
{
    private const int MaxBodyBytes = 64 * 1024;
    private const string AttachmentsPath = "/console/attachments";

    // Nothing but what this console serves, no frame around it, and no code in the page itself.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Serves until stopped.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task RunAsync(ConsoleOptions options, ConsoleDesk desk, ILoggerFactory logs, CancellationToken stop)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = 32;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        // The server alone, without a host: a host brings routing, injection and files that it watches, 20 MB in all.
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions { IOQueueCount = 1 }), logs);
        using var server = new KestrelServer(Options.Create(kestrel), sockets, logs);
        var page = new PageFiles(options.PageFolder);
        var stream = new StateStream(desk);
        await server.StartAsync(new Requests(context => AnswerAsync(context, desk, page, stream, options.Port, stop)), stop).ConfigureAwait(false);
        try
        {
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
        }
        finally
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await server.StopAsync(soon.Token).ConfigureAwait(false);
        }
    }

    private static Task AnswerAsync(HttpContext context, ConsoleDesk desk, PageFiles page, StateStream stream, int port, CancellationToken stop)
    {
        var request = context.Request;
        Protect(context.Response.Headers);
        var posts = !HttpMethods.IsGet(request.Method);
        // A foreign name that somebody turned to loopback is still in the Host.
        if (!IsOwnHost(request.Host, port))
            return ProblemAsync(context, 400, $"the host {Shown(request.Host.Value)} is not this console", $"open http://127.0.0.1:{port}");
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwnOrigin(origin, port))
            return ProblemAsync(context, 403, $"a page of {Shown(origin)} may not see or act for the crew", "use the console's own page");
        // Browsers that name no origin for a plain GET say at least that it is another site's. A link to the page itself is harmless.
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && request.Path.StartsWithSegments("/console"))
            return ProblemAsync(context, 403, "a page of another site may not see or act for the crew", "use the console's own page");
        if (posts && request.Path == AttachmentsPath && MediaType(request) is { } type && !AttachmentType.All.Contains(type))
            return ProblemAsync(context, 415, $"files of type '{type}' are not taken", $"send one of {string.Join(", ", AttachmentType.All)}");
        if (posts && request.Path != AttachmentsPath && MediaType(request) != "application/json")
            return ProblemAsync(context, 415, "the body is not JSON", "send Content-Type: application/json");
        return (request.Path.Value?.ToLowerInvariant().TrimEnd('/'), request.Method) switch
        {
            ("/console/state", "GET") => WriteAsync(context, 200, desk.State(), ConsoleJson.Default.ConsoleState),
            ("/console/events", "GET") => StreamAsync(context, stream, stop),
            ("/console/shift", "POST") => TakeAsync(context, ConsoleJson.Default.ShiftRequest, desk.ChangeShiftAsync),
            ("/console/actions", "POST") => TakeAsync(context, ConsoleJson.Default.ActionRequest, desk.TakeActionAsync),
            (AttachmentsPath, "POST") => TakeAttachmentAsync(context, desk),
            ("/console/say", "POST") => TakeAsync(context, ConsoleJson.Default.SayRequest, desk.SayAsync),
            ("/console/state" or "/console/events", _) => NotAllowed(context, "GET"),
            ("/console/shift" or "/console/actions" or AttachmentsPath or "/console/say", _) => NotAllowed(context, "POST"),
            (_, "GET") when page.Find(request.Path.Value) is { } file => PageAsync(context, file),
            _ when page.Find(request.Path.Value) is not null => NotAllowed(context, "GET"),
            _ => NotFound(context),
        };
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=()";
    }

    private static async Task StreamAsync(HttpContext context, StateStream stream, CancellationToken stop)
    {
        if (!await stream.ServeAsync(context, stop).ConfigureAwait(false))
            await ProblemAsync(context, 503, "too many screens look at this vehicle", "close one").ConfigureAwait(false);
    }

    private static async Task PageAsync(HttpContext context, PageFile file)
    {
        try
        {
            await using var content = File.OpenRead(file.Path);
            context.Response.ContentType = file.Type;
            context.Response.ContentLength = content.Length;
            context.Response.Headers.CacheControl = file.Lasts ? "max-age=31536000, immutable" : "no-cache";
            await content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // The page was built anew since the start.
            await ProblemAsync(context, 404, "this file of the page is gone", "start the agent again").ConfigureAwait(false);
        }
    }

    private static Task NotAllowed(HttpContext context, string allowed)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = allowed;
        return Task.CompletedTask;
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string MediaType(HttpRequest request) => request.ContentType?.Split(';')[0].Trim() ?? "";

    private static bool IsOwnHost(HostString host, int port) => host.Host is "127.0.0.1" or "localhost" && (host.Port ?? 80) == port;

    private static string Shown(string? text) => text is null ? "" : text[..Math.Min(text.Length, 80)];

    private static bool IsOwnOrigin(string origin, int port) =>
        origin == $"http://127.0.0.1:{port}" || origin == $"http://localhost:{port}";

    private static async Task TakeAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<T, CancellationToken, ValueTask<SavedReply>> act)
        where T : class
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false)
                ?? throw new JsonException("null");

            // A screen that goes away does not undo what it asked for.
            var reply = await act(body, CancellationToken.None).ConfigureAwait(false);
            await WriteAsync(context, 200, reply, ConsoleJson.Default.SavedReply).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            await ProblemAsync(context, 400, $"the body cannot be read: {e.Message}", "send the members that the endpoint names").ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await ProblemAsync(context, e.StatusCode, "the body is too long or broken", $"send at most {MaxBodyBytes} bytes").ConfigureAwait(false);
        }
        catch (ShiftRefusedException e)
        {
            await ProblemAsync(context, 409, e.Message, "check the shift and the crew").ConfigureAwait(false);
        }
        catch (SignOnRefusedException e)
        {
            await ProblemAsync(context, e.MustWait ? 429 : 403, e.Message, "check the crew and the PIN").ConfigureAwait(false);
        }
        catch (DriverLockedException e)
        {
            await ProblemAsync(context, 423, e.Message, "stop, or leave it for later").ConfigureAwait(false);
        }
        catch (SpeakerException e)
        {
            await ProblemAsync(context, 501, e.Message, "install espeak-ng, or name another program in Console:SpeakProgram").ConfigureAwait(false);
        }
        catch (ActionRefusedException e)
        {
            await ProblemAsync(context, 409, e.Message, e.Remedy).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await ProblemAsync(context, 503, e.Message, "not saved yet: press again").ConfigureAwait(false);
        }
    }

    private static async Task TakeAttachmentAsync(HttpContext context, ConsoleDesk desk)
    {
        // The store bounds it, with a better reply.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        try
        {
            var request = context.Request;
            var reply = await desk.SaveAttachmentAsync(MediaType(request), request.Body, request.ContentLength, context.RequestAborted).ConfigureAwait(false);
            await WriteAsync(context, 200, reply, ConsoleJson.Default.AttachmentReply).ConfigureAwait(false);
        }
        catch (AttachmentRefusedException e)
        {
            var status = e.Why switch { AttachmentRefusal.Type => 415, AttachmentRefusal.TooLong => 413, AttachmentRefusal.Full => 507, _ => 400 };
            await ProblemAsync(context, status, e.Message, e.Remedy).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await ProblemAsync(context, e.StatusCode, "the file did not come whole", "send it again").ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await ProblemAsync(context, 503, e.Message, "not saved: send it again").ConfigureAwait(false);
        }
    }

    private static Task ProblemAsync(HttpContext context, int status, string cause, string remedy) =>
        WriteAsync(context, status, new ConsoleProblem(status, cause, remedy), ConsoleJson.Default.ConsoleProblem, "application/problem+json");

    private static async Task WriteAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type, string contentType = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        await JsonSerializer.SerializeAsync(context.Response.Body, body, type, context.RequestAborted).ConfigureAwait(false);
    }

    private sealed class Requests(RequestDelegate answer) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => answer(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // Nothing is held for a request.
        }
    }
}
