using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// The live feed of one contractor: a snapshot of its open orders, then what changes on them, and the ids of those that it no
/// longer has. Apart from the dispatchers' feed, whose buffer all clients share: here nothing of others is ever written.
/// </summary>
public sealed class ContractorFeed : ICommitListener
{
    private const int MostWaiting = 512;
    private const int MostClients = 100;
    private const int MostOrders = 2_000;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly Lock clients = new();
    private readonly HashSet<Client> all = [];

    public void Committed(IReadOnlyList<object> hubEvents)
    {
        var heard = hubEvents.Where(e => e is OrderChanged or CrewChanged).ToList();
        if (heard.Count == 0) return;
        lock (clients)
        {
            foreach (var client in all)
            {
                foreach (var e in heard) client.Offer(e);
            }
        }
    }

    internal static async Task StreamAsync(HttpContext context, ContractorFeed feed, Database database, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        if (await ContractorOrders.WhoAsync(context, database, context.RequestAborted).ConfigureAwait(false) is not { } contractor)
        {
            await ContractorOrders.NobodysMember().ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        var client = new Client();
        if (!feed.Add(client))
        {
            await TypedResults.Problem("too many contractors follow the feed: close one", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await FollowAsync(context.Response.Body, contractor.Party, client, database, time, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client went, or the hub goes.
        }
        finally
        {
            feed.Remove(client);
        }
    }

    private static async Task FollowAsync(Stream to, string party, Client client, Database database, TimeProvider time, CancellationToken stop)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        Contractor? contractor = null;
        while (true)
        {
            if (contractor is null || client.TakeOverrun())
            {
                (contractor, var orders) = await database.ReadAsync(
                    c => (Contractor.Read(c, party), OrderReading.Page(c, new OrderFilter { Party = party, OpenOnly = true, Limit = MostOrders })), stop).ConfigureAwait(false);
                shown = [.. orders.Select(o => o.Id)];
                await WriteAsync(to, "snapshot", new { orders = orders.Select(contractor.Mask) }, stop).ConfigureAwait(false);
            }

            var changed = new Dictionary<string, OrderSummary>(StringComparer.Ordinal);
            while (client.TryRead(out var e))
            {
                // It may have won or lost a crew: what it sees is looked at anew.
                if (e is CrewChanged) contractor = null;
                else if (e is OrderChanged order) changed[order.Summary.Id] = order.Summary;
            }

            if (contractor is null) continue;
            var own = changed.Values.Where(contractor.Owns).ToList();
            var gone = changed.Keys.Where(id => shown.Contains(id) && own.TrueForAll(o => o.Id != id)).ToList();
            shown.ExceptWith(gone);
            shown.UnionWith(own.Select(o => o.Id));
            if (own.Count + gone.Count > 0) await WriteAsync(to, "tick", new { orders = own.Select(contractor.Mask), gone }, stop).ConfigureAwait(false);
            if (!await client.WaitAsync(Heartbeat, time, stop).ConfigureAwait(false)) await WriteAsync(to, "tick", new { }, stop).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(Stream to, string kind, object data, CancellationToken stop)
    {
        byte[] frame = [.. System.Text.Encoding.ASCII.GetBytes($"event: {kind}\ndata: "), .. JsonSerializer.SerializeToUtf8Bytes(data, HubJson.Options), (byte)'\n', (byte)'\n'];
        await to.WriteAsync(frame, stop).ConfigureAwait(false);
        await to.FlushAsync(stop).ConfigureAwait(false);
    }

    private bool Add(Client client)
    {
        lock (clients) return all.Count < MostClients && all.Add(client);
    }

    private void Remove(Client client)
    {
        lock (clients) all.Remove(client);
    }

    /// <summary>One reader's line. Bounded: who does not keep up gets a fresh snapshot.</summary>
    private sealed class Client
    {
        private readonly Channel<object> line = Channel.CreateBounded<object>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        private int overrun;

        public void Offer(object e)
        {
            if (!line.Writer.TryWrite(e)) Interlocked.Exchange(ref overrun, 1);
        }

        public bool TryRead(out object? e) => line.Reader.TryRead(out e);

        public bool TakeOverrun() => Interlocked.Exchange(ref overrun, 0) == 1;

        /// <returns>False when nothing came for so long.</returns>
        public async Task<bool> WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken stop)
        {
            try
            {
                return await line.Reader.WaitToReadAsync(stop).AsTask().WaitAsync(longest, time, stop).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }
}
