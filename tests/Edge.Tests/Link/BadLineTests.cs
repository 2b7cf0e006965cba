using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.Proxy;
using static ThreeOneOne.Field.Edge.Tests.Link.LinkTest;

namespace ThreeOneOne.Field.Edge.Tests.Link;

public sealed class BadLineTests
{
    [Fact]
    public async Task A_half_open_connection_is_noticed_and_made_anew()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var proxy = FaultProxy.Start(broker.Port);
        await using var link = await ConnectAsync(Options(proxy.Port) with { PublishTimeout = TimeSpan.FromSeconds(8) });
        Assert.Equal(DeliveryResult.Accepted, await link.PublishAsync("a", Bytes("x"), Qos.AtLeastOnce, false, default));

        proxy.HalfOpen();
        Assert.Equal(DeliveryResult.TimedOut, await link.PublishAsync("a", Bytes("x"), Qos.AtLeastOnce, false, default));

        // Keep-alive alone would take up to 40 s.
        await Eventually.TrueAsync(
            async () => await link.PublishAsync("a", Bytes("x"), Qos.AtLeastOnce, false, default) == DeliveryResult.Accepted, "it is there again");
        Assert.Equal(2, proxy.Opened);
    }
}
