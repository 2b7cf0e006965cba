using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Edge.Tests;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Outbox;

/// <summary>
/// A whole vehicle with its backlog, TLS, a real broker, and a reader that acknowledges, all on this machine; five fixes a
/// second meanwhile.
/// </summary>
internal static class DrainRun
{
    private static readonly TimeSpan BetweenFixes = TimeSpan.FromMilliseconds(200);

    public static async Task<DrainFigures> RunAsync(string outbox, TimeSpan lasts, CancellationToken stop)
    {
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoServer.StartAsync(
            ["cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key", "allow_anonymous true"], certificates.ServerFiles());
        LinkOptions Options(string id) => new() { Host = "127.0.0.1", Port = broker.Port, ClientId = id, Tls = certificates.Client(id) };
        var ages = new ConcurrentQueue<double>();
        await using var hub = new CommittingReader(
            MqttPublisher.Start(Options("hub") with { Subscriptions = [Topic.AllUp, Topic.AllLive], MessageQueue = 100_000 }, TimeProvider.System), ages);
        var fixes = new ScriptedFixes();
        await using var agent = new VehicleAgent(
            new AgentOptions
            {
                Vehicle = new VehicleOptions { Id = "truck-1", Jurisdiction = "cambridge-ma", Data = Path.GetDirectoryName(outbox)! },
                Uplink = new UplinkOptions { DrainSeconds = 0.1 },
            },
            new AgentParts
            {
                Fixes = fixes,
                Connect = will => MqttPublisher.Start(
                    Options("truck-1") with { Will = will, Subscriptions = [Topic.AllDown("cambridge-ma", "truck-1")] }, TimeProvider.System),
            },
            NullLoggerFactory.Instance);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = agent.RunAsync(end.Token);
        await agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, stop);
        var full = agent.Outbox.Counts.Records;
        await Eventually.TrueAsync(() => agent.Outbox.Counts.Records < full - 1_000, "the backlog drains", TimeSpan.FromSeconds(60));
        var before = agent.Outbox.Counts.Records;
        var began = Stopwatch.GetTimestamp();
        var given = 0;
        while (Stopwatch.GetElapsedTime(began) < lasts && agent.Outbox.Counts.Records > 1_000)
        {
            fixes.Give(42.37 + (given * 1e-5), -71.11);
            given++;
            await Task.Delay(BetweenFixes, stop);
        }

        var perSecond = (before - agent.Outbox.Counts.Records) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await end.CancelAsync();
        await running;
        double[] sorted = [.. ages.Order()];
        double Percentile(double p) => sorted.Length == 0 ? double.PositiveInfinity : sorted[(int)Math.Ceiling(p * sorted.Length) - 1];
        return new DrainFigures(perSecond, Percentile(0.5), Percentile(0.99), sorted.Length, given);
    }
}
