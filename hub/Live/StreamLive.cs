using Microsoft.AspNetCore.Http.Features;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary><c>GET /api/live</c>: the feed as server-sent events.</summary>
public static class StreamLive
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/live", HandleAsync).RequirePermission("live.read")
        .WithSummary("Follow everything live (server-sent events)");

    private static async Task HandleAsync(HttpContext context, LiveFeed feed, IHostApplicationLifetime lifetime)
    {
        if (feed.Attach(context.Request.Headers["Last-Event-ID"]) is not var (client, first))
        {
            await TypedResults.Problem("too many clients follow the feed: close one, or raise Live:MaxClients", statusCode: StatusCodes.Status503ServiceUnavailable)
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            foreach (var frame in first) await context.Response.Body.WriteAsync(frame.Bytes, stop.Token).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(stop.Token).ConfigureAwait(false);
            while (true)
            {
                await client.WaitAsync(stop.Token).ConfigureAwait(false);
                if (feed.CatchUp(client) is { } snapshot) await context.Response.Body.WriteAsync(snapshot.Bytes, stop.Token).ConfigureAwait(false);
                while (client.TryRead(out var frame)) await context.Response.Body.WriteAsync(frame!.Bytes, stop.Token).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client went, or the hub goes.
        }
        finally
        {
            feed.Detach(client);
        }
    }
}
