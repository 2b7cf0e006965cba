using System.Text.Json;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Security.Fuzz;
using ThreeOneOne.Field.Security.Scene;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>
/// Broken and forged messages of a vehicle on all of its lanes to the hub. Its batches name another vehicle, its positions come from
/// the future, and nobody expects its files: nothing of it may be stored.
/// </summary>
public sealed class FuzzedIngest(SecurityOptions options) : IAttack
{
    private const int Between = 500;
    private const string Epoch = "00000000000000cc";
    private static readonly Lane[] Lanes = [Lane.Up, Lane.Up, Lane.Up, Lane.Up, Lane.Live, Lane.Status, Lane.File];

    private long seq;

    public string Name => $"{options.Messages:N0} fuzzed messages to the hub";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        await using var session = scene.Mallory.Connect(scene.Hub.BrokerPort);
        await SendRightAsync(scene, session, stop).ConfigureAwait(false);
        return null;
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var random = new Random(options.Seed + 1);
        var mutator = new Mutator(random);
        var (tried, let) = (0, 0L);
        await using var session = scene.Mallory.Connect(scene.Hub.BrokerPort);
        while (tried < options.Messages)
        {
            var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
            var sending = new List<Task>(Between);
            while (sending.Count < Between && tried + sending.Count < options.Messages)
            {
                var lane = Lanes[random.Next(Lanes.Length)];
                var seed = Seed(lane, scene.Victim.Id, random);
                var message = lane == Lane.File ? mutator.Bytes(seed) : mutator.Next(seed);
                sending.Add(Broker.SendAsync(session, scene.Mallory.Id, lane, message, stop));
            }

            await Task.WhenAll(sending).ConfigureAwait(false);
            tried += sending.Count;
            if (scene.Hub.HasExited) return new Tally(tried, (int)let, 0, "it ended");
            // Behind them all, so that the broker never has to drop one that was not read.
            await SendRightAsync(scene, session, stop).ConfigureAwait(false);
            let += await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) - before - 1;
        }

        return new Tally(tried, (int)let, 0);
    }

    private async Task SendRightAsync(SecurityScene scene, IPublisher session, CancellationToken stop)
    {
        var before = await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false);
        await Broker.SendAsync(session, scene.Mallory.Id, Lane.Up, Records.Batch(scene.Mallory.Id, ++seq, epoch: Epoch), stop).ConfigureAwait(false);
        await Eventually.TrueAsync(
            async () => await scene.Hub.ReadingsAsync(stop).ConfigureAwait(false) > before, "a right record is accepted", TimeSpan.FromSeconds(120), TimeSpan.FromMilliseconds(25)).ConfigureAwait(false);
    }

    private static byte[] Seed(Lane lane, string victim, Random random) => lane switch
    {
        Lane.Up => random.Next(2) == 0 ? Records.Batch(victim, random.Next(1, 1_000)) : Records.Rich(victim, random.Next(1, 1_000)),
        Lane.Live => JsonSerializer.SerializeToUtf8Bytes(
            new LivePosition { Stamp = Records.Stamp(TimeProvider.System.GetUtcNow().AddYears(1)), At = new GeoPoint(42.3655, -71.1037), SpeedMps = 3, Crew = "c", Shift = "s" }, WireJson.Default.LivePosition),
        Lane.Status => JsonSerializer.SerializeToUtf8Bytes(
            new VehicleStatus { Online = true, Epoch = Records.Epoch, AgentVersion = "1", Shift = ShiftState.On, Chains = [], Unsent = 4, Crew = "c" }, WireJson.Default.VehicleStatus),
        _ => new FileChunk(new string('d', 64), random.Next(100), new byte[random.Next(200)]).Encode(),
    };
}
