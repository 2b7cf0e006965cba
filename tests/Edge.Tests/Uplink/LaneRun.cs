using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.Proxy;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

/// <summary>
/// A whole vehicle with a backlog on disk, over TLS, a real broker and a slow line, with a fix a second and a crew that
/// completes something every few seconds: how old is the newest position at the hub, and how long does a completion take?
/// </summary>
/// <param name="Backlog">Minute blocks of a track that wait at the start.</param>
/// <param name="BitsPerSecond">Of the line, each way.</param>
/// <param name="RoundTrip">Of the line.</param>
/// <param name="Lasts">From the first fix to the last.</param>
internal sealed record LaneRun(int Backlog, long BitsPerSecond, TimeSpan RoundTrip, TimeSpan Lasts)
{
    private static readonly TimeSpan BetweenFixes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenActions = TimeSpan.FromSeconds(4);

    /// <param name="data">An empty folder for the vehicle.</param>
    /// <param name="stop">Ends it early.</param>
    public async Task<LaneFigures> RunAsync(string data, CancellationToken stop)
    {
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoServer.StartAsync(
            ["cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key", "allow_anonymous true"], certificates.ServerFiles());
        await using var proxy = FaultProxy.Start(broker.Port);
        proxy.Slow(BitsPerSecond, RoundTrip);
        var hubOptions = Options(broker.Port, "hub", certificates) with { Subscriptions = [Topic.AllUp, Topic.AllLive], MessageQueue = 100_000 };
        await using var hub = new SmallHub(MqttPublisher.Start(hubOptions, TimeProvider.System));
        var ages = new ConcurrentQueue<double>();
        hub.LiveReceived = position => ages.Enqueue((TimeProvider.System.GetUtcNow() - position.Stamp.DeviceTime).TotalMilliseconds);

        var fixes = new ScriptedFixes();
        var options = new AgentOptions
        {
            Vehicle = new VehicleOptions { Id = "truck-1", Jurisdiction = "cambridge-ma", Data = data },
            Uplink = new UplinkOptions { DrainSeconds = 0.1 },
        };
        await using var agent = new VehicleAgent(options, new AgentParts
        {
            Fixes = fixes,
            Connect = will => MqttPublisher.Start(
                Options(proxy.Port, "truck-1", certificates) with
                {
                    Will = will, Subscriptions = [Topic.AllDown("cambridge-ma", "truck-1")], UnsentBytes = 4 * 1024,
                },
                TimeProvider.System),
        }, NullLoggerFactory.Instance);
        await FillAsync(agent.Outbox, stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = agent.RunAsync(end.Token);
        await agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, stop);
        await Eventually.TrueAsync(() => agent.Console.State().Connected, "the vehicle connects", TimeSpan.FromMinutes(2));

        var began = Stopwatch.GetTimestamp();
        var actions = new List<Task<double>>();
        var given = 0;
        var bytesBefore = proxy.Up.Bytes;
        for (var now = TimeSpan.Zero; now < Lasts; now = Stopwatch.GetElapsedTime(began))
        {
            fixes.Give(42.37 + (given * 1e-5), -71.11);
            given++;
            if (now >= BetweenActions * (actions.Count + 1)) actions.Add(ActAsync(agent, actions.Count, stop));
            await Task.Delay(BetweenFixes, stop);
        }

        var bytes = proxy.Up.Bytes - bytesBefore;
        var waited = await Task.WhenAll(actions);
        var (published, resent) = agent.Sent;
        var figures = new LaneFigures(
            given, ages.Count, Percentile(ages, 0.5), Percentile(ages, 0.99), waited.Length, waited.Max(), published == 0 ? 0 : (double)resent / published,
            (int)(bytes / Stopwatch.GetElapsedTime(began).TotalSeconds), hub.Records.Count, agent.Outbox.Counts.Records, hub.Duplicates);
        await end.CancelAsync();
        await running;
        return figures;
    }

    private static async Task<double> ActAsync(VehicleAgent agent, int n, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var id = await agent.Actions.TakeAsync(new ActionRequest { Id = $"action-{n}", Kind = CrewActionKind.FixedHere, Service = "pothole" }, stop);
        await Eventually.TrueAsync(() => !agent.Outbox.IsWaiting(id), "the hub has the completion", TimeSpan.FromMinutes(2));
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private async Task FillAsync(DiskOutbox outbox, CancellationToken stop)
    {
        var random = new Random(311);
        var time = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < Backlog; i++)
        {
            var fixes = new List<TrackFix>();
            var (lat, lon) = (42.36 + (random.NextDouble() * 0.02), -71.12 + (random.NextDouble() * 0.02));
            for (var s = 0; s < 10; s++)
            {
                lat += random.NextDouble() * 1e-4;
                lon -= random.NextDouble() * 1e-4;
                fixes.Add(new TrackFix(time.AddSeconds(s), new GeoPoint(lat, lon), 3 + (random.NextDouble() * 10), random.Next(360), 1));
            }

            time = time.AddSeconds(10);
            outbox.Append(new WireRecord
            {
                Seq = 0,
                Stamp = new Stamp { DeviceTime = time, FixTime = time, Boot = "b1", MonotonicMs = i * 10_000L },
                Duty = new Duty("s1", "crew-1"),
                Track = Track.FromFixes(fixes),
            }, RecordPriority.Track);
            if (i % 5_000 == 4_999) await outbox.FlushAsync(stop);
        }

        await outbox.FlushAsync(stop);
    }

    private static LinkOptions Options(int port, string clientId, TestCertificates certificates) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        ClientId = clientId,
        Tls = certificates.Client(clientId),
    };

    private static double Percentile(IEnumerable<double> values, double p)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.PositiveInfinity : Math.Round(sorted[(int)Math.Ceiling(p * sorted.Length) - 1]);
    }
}
