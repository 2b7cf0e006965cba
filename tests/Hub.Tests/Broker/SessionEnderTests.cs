using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Enrolment;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Broker;

public sealed class SessionEnderTests
{
    private const int AtOnce = 8;

    [Fact]
    public async Task A_broker_that_says_nothing_holds_up_a_few_sessions_not_one_after_another()
    {
        await using var hub = await RealHub.StartAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var stop = new CancellationTokenSource();
        using var logs = LoggerFactory.Create(_ => { });
        var ending = Ender(hub, TimeProvider.System, logs).EndAsync(
            Enumerable.Range(1, 12).Select(i => $"truck-{i}"), "127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port, Authority(hub).AuthorityFile, _ => false, stop.Token);
        var open = new ConcurrentBag<TcpClient>();
        var accepting = AcceptAsync(silent, open, stop.Token);
        await Eventually.TrueAsync(() => open.Count >= AtOnce, "several sessions are ended at once", TimeSpan.FromMinutes(3));

        Assert.InRange(Directory.GetFiles(Path.Combine(hub.Services.GetRequiredService<StorageOptions>().Folder, "broker"), "end-*.key").Length, 1, AtOnce);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ending);
        await accepting;
        foreach (var client in open) client.Dispose();
    }

    [Fact]
    public async Task A_session_that_another_enrolment_replaced_is_ended_later_when_the_broker_is_away()
    {
        await using var hub = await RealHub.StartAsync();
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Dispose();
        using var logs = new KeptLog();
        using var factory = LoggerFactory.Create(l => l.AddProvider(logs));
        await Ender(hub, new HastyTime(), factory).EndAsync(["truck-7"], "127.0.0.1", port, Authority(hub).AuthorityFile, _ => false, default);
        await Eventually.TrueAsync(() => logs.All.Split('\n').Count(l => l.Contains("may still be open", StringComparison.Ordinal)) == 4, "it is tried three times more", TimeSpan.FromMinutes(3));
    }

    private static CertificateAuthority Authority(RealHub hub) => hub.Services.GetRequiredService<CertificateAuthority>();

    private static SessionEnder Ender(RealHub hub, TimeProvider time, ILoggerFactory logs) => new(
        new BrokerOptions(), Authority(hub), hub.Services.GetRequiredService<VehicleStatuses>(), hub.Services.GetRequiredService<StorageOptions>(), time,
        logs.CreateLogger<SessionEnder>());

    private static async Task AcceptAsync(TcpListener silent, ConcurrentBag<TcpClient> open, CancellationToken stop)
    {
        try
        {
            while (true) open.Add(await silent.AcceptTcpClientAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Enough was seen.
        }
    }

    /// <summary>Twenty seconds of timers and stopwatches in one.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private const int Faster = 20;

        public override long TimestampFrequency => System.TimestampFrequency / Faster;

        public override long GetTimestamp() => System.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Faster : dueTime, period > TimeSpan.Zero ? period / Faster : period);
    }
}
