using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Security.Fuzz;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>A vehicle with a good certificate writes another's topics, the hub's and its own downward ones, and listens to others.</summary>
public sealed class OtherVehiclesTopic : IAttack
{
    private long seq;

    public string Name => "another vehicle's and the hub's topics";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
        await using var own = scene.Mallory.Connect(scene.Hub.BrokerPort, Topic.AllDown(SecurityScene.Jurisdiction, scene.Mallory.Id));
        var answer = await Broker.SendAsync(own, scene.Mallory.Id, Lane.Up, Records.Batch(scene.Mallory.Id, ++seq, epoch: "0000000000000001"), stop).ConfigureAwait(false);
        if (answer != DeliveryResult.Accepted) return $"its own topic: {answer}";
        await Eventually.TrueAsync(async () => await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) == before + 1, "its own reading is accepted", TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        await foreach (var message in own.Messages(stop).ConfigureAwait(false))
            if (message.Topic.EndsWith("/down/ack", StringComparison.Ordinal)) return null;
        return "no acknowledgement came";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let) = (0, 0);
        var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
        var victim = scene.Victim.Id;
        string[] topics =
        [
            .. Enum.GetValues<Lane>().Where(l => l != Lane.Unknown).Select(l => new Topic(SecurityScene.Jurisdiction, victim, l).ToString()),
            .. new[] { Lane.Ack, Lane.Orders, Lane.Profile, Lane.Command, Lane.FileState, Lane.Hazards }.Select(l => new Topic(SecurityScene.Jurisdiction, scene.Mallory.Id, l).ToString()),
            new Topic("elsewhere", scene.Mallory.Id, Lane.Up).ToString(), $"field/v1/{SecurityScene.Jurisdiction}/{victim}/up/more", $"field/v2/{SecurityScene.Jurisdiction}/{victim}/up",
            "$SYS/broker/version", "$share/a/field", "field", "/", $"/field/v1/{SecurityScene.Jurisdiction}/{victim}/up", "hub/anything",
        ];
        await using (var own = scene.Mallory.Connect(
            scene.Hub.BrokerPort, "#", "field/v1/#", "$SYS/#", $"field/v1/{SecurityScene.Jurisdiction}/{victim}/#", Topic.AllDown(SecurityScene.Jurisdiction, victim), Topic.AllUp, Topic.AllStatus))
        {
            foreach (var topic in topics)
            {
                foreach (var retain in (bool[])[false, true])
                {
                    tried++;
                    if (await Broker.SendAsync(own, topic, Records.Batch(victim, 900 + tried), retain, stop).ConfigureAwait(false) == DeliveryResult.Accepted) let++;
                }
            }

            // What the victim and the hub say to each other must not reach the one who listens.
            await using (var other = scene.Victim.Connect(scene.Hub.BrokerPort, Topic.AllDown(SecurityScene.Jurisdiction, victim)))
            {
                await Broker.SendAsync(other, victim, Lane.Up, Records.Batch(victim, ++seq, epoch: "0000000000000002"), stop).ConfigureAwait(false);
                await foreach (var message in other.Messages(stop).ConfigureAwait(false))
                    if (message.Topic.EndsWith("/down/ack", StringComparison.Ordinal)) break;
            }

            tried += 7;
            let += await Broker.OverheardAsync(own, scene.Mallory.Id, stop).ConfigureAwait(false);
        }

        let += (int)(await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) - before - 1);
        return new Tally(tried, let, 0);
    }
}
