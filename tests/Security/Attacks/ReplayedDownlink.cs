using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>What the hub once told a vehicle, sent again: older orders, and a command that has run.</summary>
public sealed class ReplayedDownlink : IAttack
{
    public string Name => "a replayed message to the agent";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var id = Guid.NewGuid().ToString("N");
        await scene.Agent.SendAsync(Lane.Command, Identify(id), stop).ConfigureAwait(false);
        return await scene.Agent.GiveOrderAsync(stop).ConfigureAwait(false)
            ?? (await scene.Agent.WatchAsync(id, stop).ConfigureAwait(false) == 1 ? null : "a command did not run once");
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        const int times = 100;
        var (tried, let) = (0, 0);
        if (await scene.Agent.GiveOrderAsync(stop).ConfigureAwait(false) is { } fault) throw new InvalidDataException(fault);
        var shown = await scene.Agent.OrdersAsync().ConfigureAwait(false);
        var command = Identify(Guid.NewGuid().ToString("N"));
        for (var i = 0; i < times; i++, tried += 2)
        {
            await scene.Agent.SendAsync(Lane.Orders, WireCodec.Encode(SecurityAgent.Orders(scene.Agent.Version - 1 - i % 2, "old"), WireJson.Default.OrdersState), stop).ConfigureAwait(false);
            await scene.Agent.SendAsync(Lane.Command, command, stop).ConfigureAwait(false);
            if (i % 10 == 0 && !(await scene.Agent.OrdersAsync().ConfigureAwait(false)).SequenceEqual(shown)) let++;
        }

        if (!(await scene.Agent.OrdersAsync().ConfigureAwait(false)).SequenceEqual(shown)) let++;
        let += await scene.Agent.WatchAsync(WireCodec.Decode(command, WireJson.Default.Command).Id, stop).ConfigureAwait(false) - 1;
        // The first of the commands was right.
        return new Tally(tried - 1, let, 0);
    }

    private static byte[] Identify(string id) => WireCodec.Encode(
        new Command { Id = id, Kind = "identify", Expires = TimeProvider.System.GetUtcNow().AddMinutes(10) }, WireJson.Default.Command);
}
