using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ThreeOneOne.Field.Bench.Ingest;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Live;

/// <summary>Vehicles that drive around blocks: each sends its newest position once a second on the live lane, spread evenly over the second.</summary>
internal sealed class Movers : IAsyncDisposable
{
    private const int StepMs = 10;
    private const int SecondsOfBlock = 25;
    private const double PaceMps = 8;

    /// <summary>In the middle of the city, and so wide that who drives around a block stays on its map.</summary>
    private static readonly GeoPoint Origin = new(42.3605, -71.135);
    private static readonly (double EastM, double NorthM) Area = (4_800, 2_600);

    private readonly CancellationTokenSource ending;
    private readonly Task running;
    private readonly byte[][] topics;
    private readonly GeoPoint[] places;
    private readonly Socket socket;
    private long sent;

    private Movers(Socket socket, int vehicles, Random random, CancellationToken stop)
    {
        this.socket = socket;
        topics = [.. Enumerable.Range(1, vehicles).Select(i => System.Text.Encoding.UTF8.GetBytes(new Topic(HubUnderTest.Jurisdiction, Id(i), Lane.Live).ToString()))];
        places = [.. topics.Select(_ => Origin.MovedByM(random.NextDouble() * Area.EastM, random.NextDouble() * Area.NorthM))];
        ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        running = Task.Factory.StartNew(Run, ending.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Vehicles that move between two ticks of the feed, on average.</summary>
    public double PerTick => topics.Length / 10.0;

    public static string Id(int n) => $"unit-{n:0000}";

    public static Movers Start(int port, int vehicles, Random random, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Mqtt.Connect("bench-movers"));
        var answer = new byte[4];
        for (var n = 0; n < answer.Length;) n += socket.Receive(answer.AsSpan(n));
        return new Movers(socket, vehicles, random, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        try
        {
            await running.ConfigureAwait(false);
        }
        finally
        {
            socket.Dispose();
            ending.Dispose();
        }
    }

    private void Run()
    {
        var (began, next) = (Stopwatch.GetTimestamp(), 0L);
        while (!ending.IsCancellationRequested)
        {
            // As many as are due by now: each vehicle once a second.
            var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * topics.Length);
            if (due - next > topics.Length) next = due - topics.Length;
            var packets = new List<byte>(64 * 1024);
            for (; next < due; next++, sent++) packets.AddRange(Packet((int)(next % topics.Length), (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds));
            if (packets.Count > 0) SendAll([.. packets]);
            ending.Token.WaitHandle.WaitOne(StepMs);
        }
    }

    private byte[] Packet(int vehicle, long monotonicMs)
    {
        // Around a block: east, north, west, south.
        var side = (int)((monotonicMs / 1000 + vehicle) / SecondsOfBlock % 4);
        places[vehicle] = places[vehicle].MovedByM(side switch { 0 => PaceMps, 2 => -PaceMps, _ => 0 }, side switch { 1 => PaceMps, 3 => -PaceMps, _ => 0 });
        var now = TimeProvider.System.GetUtcNow();
        var payload = WireCodec.Encode(
            new LivePosition
            {
                Stamp = new Stamp { FixTime = now, DeviceTime = now, Boot = "0a1b2c3d", MonotonicMs = monotonicMs, Clock = ClockSource.Gps },
                At = places[vehicle].Rounded(), SpeedMps = PaceMps, CourseDeg = (450 - 90 * side) % 360, Hdop = 0.9, Activity = VehicleActivity.EnRoute, Crew = "crew-1", Shift = "shift-1",
            }, WireJson.Default.LivePosition);
        return Mqtt.PublishQos0(topics[vehicle], payload);
    }

    private void SendAll(byte[] packets)
    {
        for (var at = 0; at < packets.Length;) at += socket.Send(packets.AsSpan(at));
    }
}
