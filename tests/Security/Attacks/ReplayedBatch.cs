using System.Text;
using ThreeOneOne.Field.Security.Fuzz;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>A vehicle's own record, recorded and sent again: as it was, and with other contents under its number.</summary>
public sealed class ReplayedBatch : IAttack
{
    private const string Epoch = "00000000000000aa";
    private long seq;

    public string Name => "a replayed message to the hub";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
        await using var session = scene.Victim.Connect(scene.Hub.BrokerPort);
        await Broker.SendAsync(session, scene.Victim.Id, Lane.Up, Records.Batch(scene.Victim.Id, ++seq, epoch: Epoch), stop).ConfigureAwait(false);
        await Eventually.TrueAsync(async () => await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) == before + 1, "a new record is accepted", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        return null;
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
        await using var session = scene.Victim.Connect(scene.Hub.BrokerPort);
        var recorded = Records.Batch(scene.Victim.Id, ++seq, epoch: Epoch);
        const int times = 100;
        for (var i = 0; i < times; i++) await Broker.SendAsync(session, scene.Victim.Id, Lane.Up, recorded, stop).ConfigureAwait(false);
        var other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(recorded).Replace("\"ok\"", "\"changed\"", StringComparison.Ordinal));
        for (var i = 0; i < times; i++) await Broker.SendAsync(session, scene.Victim.Id, Lane.Up, other, stop).ConfigureAwait(false);
        // One behind them all: when it is there, they have been judged.
        await Broker.SendAsync(session, scene.Victim.Id, Lane.Up, Records.Batch(scene.Victim.Id, ++seq, epoch: Epoch), stop).ConfigureAwait(false);
        await Eventually.TrueAsync(async () => await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) >= before + 2, "the last record is accepted", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        return new Tally(2 * times - 1, (int)(await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) - before - 2), 0);
    }
}
