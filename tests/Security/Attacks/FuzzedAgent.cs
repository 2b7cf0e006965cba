using System.Text.Json;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Security.Fuzz;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>
/// Broken and forged messages on every lane down to an agent. What is built from a right message is of an older version, another
/// epoch, or expired, so that nothing of it may have an effect; what comes out as a newer right state is left out: that would be no forgery.
/// </summary>
public sealed class FuzzedAgent(SecurityOptions options) : IAttack
{
    private const int Between = 500;
    private static readonly Lane[] Lanes = [Lane.Ack, Lane.Ack, Lane.Orders, Lane.Orders, Lane.Profile, Lane.Profile, Lane.Hazards, Lane.Hazards, Lane.FileState, Lane.FileState, Lane.Command];

    public string Name => $"{options.Messages:N0} fuzzed messages to the agent";

    public Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop) => scene.Agent.GiveOrderAsync(stop);

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var random = new Random(options.Seed);
        var mutator = new Mutator(random);
        await scene.Agent.TellAllAsync(stop).ConfigureAwait(false);
        if (await scene.Agent.GiveOrderAsync(stop).ConfigureAwait(false) is { } early) throw new InvalidDataException(early);
        var (before, kept) = (await scene.Agent.ToldAsync().ConfigureAwait(false), await scene.Agent.UnsentAsync().ConfigureAwait(false));
        var (tried, crashed, let) = (0, 0, 0);
        while (tried < options.Messages && crashed == 0)
        {
            var sending = new List<Task<DeliveryResult>>(Between);
            while (sending.Count < Between && tried + sending.Count < options.Messages)
            {
                var lane = Lanes[random.Next(Lanes.Length)];
                var message = mutator.Next(Seed(lane));
                if (!IsRight(lane, message)) sending.Add(scene.Agent.SendAsync(lane, message, stop));
            }

            await Task.WhenAll(sending).ConfigureAwait(false);
            tried += sending.Count;
            // The link drops the oldest when its reader is slow: each portion must be read before the next comes.
            if (scene.Agent.HasExited) return new Tally(tried, let, 0, "it ended");
            if (await scene.Agent.GiveOrderAsync(stop).ConfigureAwait(false) is { } lost)
            {
                if (!scene.Agent.HasExited) crashed++;
                return new Tally(tried, let, crashed, lost);
            }

            if (await scene.Agent.ToldAsync().ConfigureAwait(false) != before) let++;
            if (await scene.Agent.UnsentAsync().ConfigureAwait(false) < kept) let++;
        }

        return new Tally(tried, let + scene.Agent.CommandsRun("fuzz"), crashed);
    }

    private static byte[] Seed(Lane lane) => lane switch
    {
        Lane.Ack => Json(
            new Ack { Epoch = Records.Epoch, Ranges = [[1, 1_000_000]], Digests = [null], Asked = [[1, 5]], Aside = [], Forks = [1, 2], ForkHashes = [new string('a', 32), new string('b', 32)] }, WireJson.Default.Ack),
        Lane.Orders => Json(SecurityAgent.Orders(0, "fuzz"), WireJson.Default.OrdersState),
        Lane.Profile => Json(SecurityAgent.Profile(0, "fuzz"), WireJson.Default.ProfileState),
        Lane.Hazards => Json(SecurityAgent.Hazards(0, "fuzz"), WireJson.Default.HazardsState),
        Lane.FileState => Json(new FileState { Sha256 = new string('c', 64), Next = 10, Progress = FileProgress.Wanted, Reason = "because" }, WireJson.Default.FileState),
        _ => Json(new Command { Id = "fuzz", Kind = "identify", Expires = DateTimeOffset.UnixEpoch, Arguments = new Dictionary<string, string> { ["seconds"] = "5" } }, WireJson.Default.Command),
    };

    /// <summary>True for what the hub itself could have sent as its newest state.</summary>
    private static bool IsRight(Lane lane, byte[] message)
    {
        try
        {
            return lane switch
            {
                Lane.Orders => WireCodec.Decode(message, WireJson.Default.OrdersState) is var o && (o.Era != SecurityAgent.Era || o.StateVersion > 0),
                Lane.Profile => WireCodec.Decode(message, WireJson.Default.ProfileState) is var p && (p.Era != SecurityAgent.Era || p.StateVersion > 0),
                Lane.Hazards => WireCodec.Decode(message, WireJson.Default.HazardsState) is var h && (h.Era != SecurityAgent.Era || h.StateVersion > 0),
                Lane.Command => WireCodec.Decode(message, WireJson.Default.Command).Expires > DateTimeOffset.UnixEpoch.AddDays(1),
                _ => false,
            };
        }
        catch (WireFormatException)
        {
            return false;
        }
    }

    private static byte[] Json<T>(T message, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(message, type);
}
