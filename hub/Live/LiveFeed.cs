using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>
/// The feed to dispatchers: each tick is written once into one buffer that all clients share. Ids are <c>boot:seq</c>; who
/// comes back with one that is still in the ring continues there, everybody else begins with a snapshot.
/// </summary>
public sealed class LiveFeed(IEnumerable<ILivePart> parts, LiveOptions options, TimeProvider time)
{
    private static readonly TimeSpan SnapshotAge = TimeSpan.FromSeconds(1);

    private readonly Lock feed = new();
    private readonly ILivePart[] parts = [.. parts];
    private readonly Queue<LiveFrame> ring = new();
    private readonly HashSet<LiveClient> clients = [];
    private LiveFrame? snapshot;
    private DateTimeOffset snapshotAt;
    private DateTimeOffset lastSent;
    private long seq;
    private long ringBytes;
    private long overruns;

    /// <summary>Names this run of the hub; ids of another one cannot be resumed.</summary>
    public string Boot { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    /// <summary>How often a client fell behind and was given a snapshot instead.</summary>
    public long Overruns => Interlocked.Read(ref overruns);

    public long Ticks => Interlocked.Read(ref seq);

    public int Clients
    {
        get
        {
            lock (feed) return clients.Count;
        }
    }

    /// <summary>Writes what changed, once, and gives it to everybody. Nothing is sent when nothing changed.</summary>
    public void Tick()
    {
        lock (feed)
        {
            var at = time.GetUtcNow();
            var empty = Json(at, (_, _) => { }).WrittenCount;
            var json = Json(at, (part, writer) => part.WriteChanges(writer, at));
            if (json.WrittenCount == empty)
            {
                // Without an id and not in the ring: there is nothing to miss in it.
                if (at - lastSent >= options.Heartbeat) Send(new LiveFrame(seq, [.. "event: tick\ndata: "u8, .. json.WrittenSpan, .. "\n\n"u8]), at);
                return;
            }

            var frame = Frame(++seq, "tick", json.WrittenSpan);
            snapshot = null;
            ring.Enqueue(frame);
            ringBytes += frame.Bytes.Length;
            while (ring.Count > options.RingTicks || ringBytes > options.RingBytes) ringBytes -= ring.Dequeue().Bytes.Length;
            Send(frame, at);
        }
    }

    /// <summary>Adds a client.</summary>
    /// <param name="lastEventId">What it saw last, as it says.</param>
    /// <returns>The client and what it must be sent first; null when there are too many.</returns>
    internal (LiveClient Client, IReadOnlyList<LiveFrame> First)? Attach(string? lastEventId)
    {
        lock (feed)
        {
            if (clients.Count >= options.MaxClients) return null;
            var client = new LiveClient(options.ClientQueue);
            clients.Add(client);
            return (client, Resume(lastEventId) ?? [Snapshot()]);
        }
    }

    internal void Detach(LiveClient client)
    {
        lock (feed) clients.Remove(client);
    }

    /// <summary>The snapshot that a client needs because it fell behind; null when it did not.</summary>
    internal LiveFrame? CatchUp(LiveClient client)
    {
        lock (feed) return client.TakeOverrun() ? Snapshot() : null;
    }

    private void Send(LiveFrame frame, DateTimeOffset at)
    {
        lastSent = at;
        foreach (var client in clients)
        {
            if (!client.Offer(frame)) Interlocked.Increment(ref overruns);
        }
    }

    private LiveFrame[]? Resume(string? lastEventId)
    {
        if (lastEventId is null || !lastEventId.StartsWith(Boot + ":", StringComparison.Ordinal)) return null;
        if (!long.TryParse(lastEventId.AsSpan(Boot.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last > seq) return null;
        var missed = ring.Where(f => f.Seq > last).ToArray();
        return missed.Length == seq - last ? missed : null;
    }

    private LiveFrame Snapshot()
    {
        var at = time.GetUtcNow();
        if (snapshot is { } known && at - snapshotAt < SnapshotAge) return known;
        var events = new List<(string Kind, ArrayBufferWriter<byte> Json)> { ("snapshot", Json(at, (part, writer) => part.WriteSnapshot(writer, at))) };
        for (var more = true; more;)
        {
            var (any, n) = (false, events.Count - 1);
            var json = Json(at, (part, writer) => any = part.WriteMore(writer, n) || any);
            if (any) events.Add(("more", json));
            more = any;
        }

        snapshotAt = at;
        // The id stands at the last of them: who loses the line before it begins anew.
        var bytes = new ArrayBufferWriter<byte>(events.Sum(e => e.Json.WrittenCount + 64));
        foreach (var (kind, json) in events.SkipLast(1)) bytes.Write([.. Encoding.ASCII.GetBytes($"event: {kind}\ndata: "), .. json.WrittenSpan, .. "\n\n"u8]);
        bytes.Write(Frame(seq, events[^1].Kind, events[^1].Json.WrittenSpan).Bytes);
        return snapshot = new LiveFrame(seq, bytes.WrittenSpan.ToArray());
    }

    private ArrayBufferWriter<byte> Json(DateTimeOffset at, Action<ILivePart, Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("boot"u8, Boot);
        json.WriteNumber("at"u8, at.ToUnixTimeMilliseconds());
        foreach (var part in parts) write(part, json);
        json.WriteEndObject();
        json.Flush();
        return buffer;
    }

    private LiveFrame Frame(long number, string kind, ReadOnlySpan<byte> json)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {Boot}:{number}\nevent: {kind}\ndata: "));
        return new LiveFrame(number, [.. head, .. json, (byte)'\n', (byte)'\n']);
    }
}
