using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>
/// GET /console/events: the state as server-sent events, each when it differs from the one before and at most ten a second;
/// a beat in between, so that the page knows that somebody is there.
/// </summary>
internal sealed class StateStream(ConsoleDesk desk)
{
    private const int Most = 8;
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private const int LooksPerBeat = 4;

    private int open;

    /// <returns>False when too many are open.</returns>
    public async Task<bool> ServeAsync(HttpContext context, CancellationToken stop)
    {
        if (Interlocked.Increment(ref open) > Most)
        {
            Interlocked.Decrement(ref open);
            return false;
        }

        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop);
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await SendAsync(context.Response.Body, end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The page went away, or the program ends.
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }

        return true;
    }

    private async Task SendAsync(Stream to, CancellationToken stop)
    {
        byte[] shown = [];
        var quiet = 0;
        while (true)
        {
            var change = desk.Changes.Next;
            var now = JsonSerializer.SerializeToUtf8Bytes(Steady(desk.State()), ConsoleJson.Default.ConsoleState);
            if (!now.AsSpan().SequenceEqual(shown))
            {
                await WriteAsync(to, "state"u8.ToArray(), now, stop).ConfigureAwait(false);
                (shown, quiet) = (now, 0);
            }
            else if (++quiet % LooksPerBeat == 0)
            {
                await WriteAsync(to, "beat"u8.ToArray(), "{}"u8.ToArray(), stop).ConfigureAwait(false);
            }

            // Some things change without saying so: ages, what the hub has acknowledged.
            await Task.WhenAny(change, Task.Delay(Look, stop)).ConfigureAwait(false);
            await Task.Delay(Apart, stop).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(Stream to, byte[] name, byte[] data, CancellationToken stop)
    {
        await to.WriteAsync((byte[])[.. "event: "u8, .. name, .. "\ndata: "u8, .. data, .. "\n\n"u8], stop).ConfigureAwait(false);
        await to.FlushAsync(stop).ConfigureAwait(false);
    }

    // An age changes all the time; by tens of seconds is enough for a person.
    private static ConsoleState Steady(ConsoleState state) => state with { FixAgeSeconds = state.FixAgeSeconds is { } age ? Math.Floor(age / 10) * 10 : null };
}
