using ThreeOneOne.Field.Security.Fuzz;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Messages that are longer than the contract allows, as they come or once they are unfolded, to hub and agent.</summary>
public sealed class OversizedMessage : IAttack
{
    private const string Epoch = "00000000000000bb";
    private long seq;

    public string Name => "oversized messages to hub and agent";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
        await using var session = scene.Mallory.Connect(scene.Hub.BrokerPort);
        // Long, and within the limits.
        await Broker.SendAsync(session, scene.Mallory.Id, Lane.Up, Records.Batch(scene.Mallory.Id, ++seq, new string('x', 200_000), Epoch), stop).ConfigureAwait(false);
        await Eventually.TrueAsync(async () => await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) == before + 1, "a long record is accepted", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        return await scene.Agent.GiveOrderAsync(stop).ConfigureAwait(false);
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
        var shown = await scene.Agent.OrdersAsync().ConfigureAwait(false);
        var tried = 0;
        await using (var session = scene.Mallory.Connect(scene.Hub.BrokerPort))
        {
            foreach (var length in (int[])[270_000, 400_000, 520_000, 600_000, 2_000_000])
            {
                await Broker.SendAsync(session, scene.Mallory.Id, Lane.Up, Records.Batch(scene.Mallory.Id, 1_000 + length, new string('x', length), Epoch), stop).ConfigureAwait(false);
                await scene.Agent.SendAsync(Lane.Orders, Orders(scene, length), stop).ConfigureAwait(false);
                tried += 2;
            }

            foreach (var length in (int[])[5_000_000, 50_000_000])
            {
                var bomb = WireCodec.Encode(Records.Batch(scene.Mallory.Id, 2_000 + length, new string('x', length), Epoch));
                await Broker.SendAsync(session, scene.Mallory.Id, Lane.Up, bomb, stop).ConfigureAwait(false);
                await scene.Agent.SendAsync(Lane.Orders, WireCodec.Encode(Orders(scene, length)), stop).ConfigureAwait(false);
                tried += 2;
            }
        }

        await using (var last = scene.Mallory.Connect(scene.Hub.BrokerPort))
            await Broker.SendAsync(last, scene.Mallory.Id, Lane.Up, Records.Batch(scene.Mallory.Id, ++seq, epoch: Epoch), stop).ConfigureAwait(false);
        await Eventually.TrueAsync(async () => await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) >= before + 1, "the last record is accepted", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        var let = (int)(await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) - before - 1);
        if (!(await scene.Agent.OrdersAsync().ConfigureAwait(false)).SequenceEqual(shown)) let++;
        return new Tally(tried, let, 0);
    }

    private static byte[] Orders(SecurityScene scene, int length) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
        SecurityAgent.Orders(scene.Agent.Version + 1_000, new string('x', length)), WireJson.Default.OrdersState);
}
