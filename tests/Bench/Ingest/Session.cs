using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>One vehicle of the generator: a socket, its messages, and what of them the hub has acknowledged.</summary>
internal sealed class Session : IDisposable
{
    /// <summary>QoS 1 messages on their way to the broker; many clients' default.</summary>
    private const int MostInFlight = 20;

    private const double FirstPatienceSeconds = 10;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] received = new byte[64 * 1024];
    private readonly long[] dueAt;
    private readonly bool[] acked;
    private int filled;
    private byte[]? unfinished;
    private int unfinishedAt;
    private int brokerAcked;
    private long progress = Stopwatch.GetTimestamp();
    private double patienceSeconds = FirstPatienceSeconds;

    public Session(MessageBook book)
    {
        Book = book;
        dueAt = new long[book.Count];
        acked = new bool[book.Count];
    }

    public MessageBook Book { get; }

    public int Handle => (int)socket.Handle;

    public int Sent { get; private set; }

    /// <summary>Messages that the hub has acknowledged.</summary>
    public int Acked { get; private set; }

    public bool IsExhausted => Sent == Book.Count;

    /// <summary>Messages sent once more because no acknowledgement came in time.</summary>
    public int Resent { get; private set; }

    /// <summary>Everything is sent and the broker has it.</summary>
    public bool IsDone => IsExhausted && unfinished is null && brokerAcked == Sent;

    public bool MaySend => unfinished is null && Sent < Book.Count && Sent - brokerAcked < MostInFlight;

    /// <summary>Tells of each acknowledged message: its index and how long it took, in ticks of <see cref="Stopwatch"/>.</summary>
    public Action<int, long>? OnAcked { get; set; }

    public bool IsAcked(int index) => acked[index];

    /// <summary>Blocks until the broker has accepted session and subscription.</summary>
    public void Connect(int port, string jurisdiction)
    {
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Mqtt.Connect($"bench-{Book.Vehicle}"));
        Expect(Mqtt.ConnAck);
        socket.Send(Mqtt.Subscribe(new Topic(jurisdiction, Book.Vehicle, Lane.Ack).ToString(), 0));
        Expect(Mqtt.SubAck);
        socket.Blocking = false;
    }

    /// <param name="due">When it should have left: what waited here counts as waiting.</param>
    public void Send(long due)
    {
        if (Acked == Sent) progress = Stopwatch.GetTimestamp();
        dueAt[Sent] = due;
        unfinished = Book.Packet(Sent++);
        unfinishedAt = 0;
        Flush();
    }

    /// <summary>Sends the oldest message without an acknowledgement again when nothing has been acknowledged for long, each time later.</summary>
    public void ResendLate()
    {
        if (Acked == Sent || unfinished is not null || Stopwatch.GetElapsedTime(progress).TotalSeconds < patienceSeconds) return;
        progress = Stopwatch.GetTimestamp();
        patienceSeconds = Math.Min(120, patienceSeconds * (1.5 + Book.Epoch[0] % 8 / 8.0));
        unfinished = Book.Packet(Array.IndexOf(acked, false, 0, Sent));
        unfinishedAt = 0;
        Resent++;
        // The broker acknowledges this one, too.
        brokerAcked--;
        Flush();
    }

    public void Flush()
    {
        if (unfinished is null) return;
        var n = socket.Send(unfinished.AsSpan(unfinishedAt), SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock)) throw new InvalidOperationException($"the broker dropped {Book.Vehicle}: {error}");
        if (error == SocketError.Success) unfinishedAt += n;
        if (unfinishedAt == unfinished.Length) unfinished = null;
    }

    public void Receive()
    {
        while (true)
        {
            var n = socket.Receive(received.AsSpan(filled), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return;
            if (error != SocketError.Success || n == 0) throw new InvalidOperationException($"the broker dropped {Book.Vehicle}: {error}");
            filled += n;
            var at = 0;
            while (Mqtt.Measure(received.AsSpan(at, filled - at)) is { Whole: > 0 } packet)
            {
                Take(received[at], received.AsSpan(at + packet.Header, packet.Whole - packet.Header));
                at += packet.Whole;
            }

            received.AsSpan(at, filled - at).CopyTo(received);
            filled -= at;
        }
    }

    public void Dispose() => socket.Dispose();

    private void Expect(byte type)
    {
        while (Mqtt.Measure(received.AsSpan(0, filled)) is not { Whole: > 0 }) filled += socket.Receive(received.AsSpan(filled));
        if (received[0] != type) throw new InvalidOperationException($"the broker answered 0x{received[0]:x2}, not 0x{type:x2}");
        var whole = Mqtt.Measure(received.AsSpan(0, filled)).Whole;
        received.AsSpan(whole, filled - whole).CopyTo(received);
        filled -= whole;
    }

    private void Take(byte type, ReadOnlySpan<byte> body)
    {
        if (type == Mqtt.PubAck) brokerAcked++;
        else if ((type & 0xf0) == Mqtt.Publish) TakeAck(Mqtt.Payload(body));
    }

    private void TakeAck(ReadOnlySpan<byte> payload)
    {
        var now = Stopwatch.GetTimestamp();
        var json = WireCodec.Decode(payload.ToArray());
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRanges = reader.ValueTextEquals("ranges"u8);
            if (reader.ValueTextEquals("refused"u8) || reader.ValueTextEquals("forks"u8) || reader.ValueTextEquals("aside"u8))
                throw new InvalidOperationException($"the hub did not take what {Book.Vehicle} sent: {System.Text.Encoding.UTF8.GetString(json.Span)}");
            reader.Read();
            if (!isRanges)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Read();
                var first = reader.GetInt64();
                reader.Read();
                var last = reader.GetInt64();
                reader.Read();
                for (var seq = first; seq <= last; seq++) Mark((int)seq - 1, now);
            }
        }
    }

    private void Mark(int index, long now)
    {
        if (acked[index]) return;
        acked[index] = true;
        Acked++;
        progress = now;
        patienceSeconds = FirstPatienceSeconds;
        OnAcked?.Invoke(index, now - dueAt[index]);
    }
}
