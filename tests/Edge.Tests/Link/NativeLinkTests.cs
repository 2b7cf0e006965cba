using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.Proxy;
using static ThreeOneOne.Field.Edge.Tests.Link.LinkTest;

namespace ThreeOneOne.Field.Edge.Tests.Link;

/// <summary>What only the native link promises; not built with the other.</summary>
public sealed class NativeLinkTests
{
    [Fact]
    public void A_missing_library_names_the_package()
    {
        var e = Assert.Throws<LinkUnavailableException>(() => NativeLink.Load("libmosquitto-missing.so.1"));
        Assert.Contains("libmosquitto1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_message_overtakes_durable_ones_that_wait_for_the_line()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var proxy = FaultProxy.Start(broker.Port);
        await using var receiver = await ConnectAsync(Options(broker.Port, "receiver") with { Subscriptions = ["#"] });
        await using var sender = await ConnectAsync(Options(proxy.Port, "sender") with { UnsentBytes = 4 * 1024, PublishTimeout = TimeSpan.FromMinutes(2) });
        proxy.Slow(400_000, TimeSpan.FromMilliseconds(20));
        // Nothing moves until both wait, however long that takes here.
        proxy.Pause();
        var durable = Enumerable.Range(0, 60).Select(_ => sender.PublishAsync("durable", new byte[4_096], Qos.AtLeastOnce, false, default).AsTask()).ToList();
        var live = sender.PublishAsync("live", Bytes("newest"), Qos.AtMostOnce, false, default);
        proxy.Pause(false);
        await live;

        var before = 0;
        await FirstAsync(receiver.Messages(default), m =>
        {
            if (m.Topic == "durable") before++;
            return m.Topic == "live";
        });

        // What the kernels and the proxy had taken already is in front of it: the rest of 240 KB is not.
        Assert.InRange(before, 0, 30);
        Assert.All(await Task.WhenAll(durable), r => Assert.Equal(DeliveryResult.Accepted, r));
    }
}
