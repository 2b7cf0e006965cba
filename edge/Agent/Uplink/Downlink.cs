using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>Reads what the hub sends and hands each message to the room that it is for. A message that cannot be read is logged.</summary>
/// <param name="publisher">The link.</param>
/// <param name="own">Jurisdiction and vehicle.</param>
/// <param name="ack">Takes acknowledgements.</param>
/// <param name="orders">Takes the crew's orders.</param>
/// <param name="profile">Takes what the vehicle is told to be.</param>
/// <param name="hazards">Takes dangers.</param>
/// <param name="file">Takes where the hub is with attachments.</param>
/// <param name="command">Takes commands.</param>
/// <param name="deviceProfile">Takes device profiles as they came, signed or not.</param>
/// <param name="log">Told of unreadable messages.</param>
public sealed class Downlink(
    IPublisher publisher,
    Topic own,
    Action<Ack> ack,
    Action<OrdersState> orders,
    Action<ProfileState> profile,
    Action<HazardsState> hazards,
    Action<FileState> file,
    Func<Command, CancellationToken, ValueTask> command,
    Action<ReadOnlyMemory<byte>> deviceProfile,
    ILogger log)
{
    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var message in publisher.Messages(stop).ConfigureAwait(false))
        {
            if (Topic.TryParse(message.Topic) is not { } topic || topic.Vehicle != own.Vehicle || topic.Jurisdiction != own.Jurisdiction) continue;
            try
            {
                await HandAsync(topic.Lane, message.Payload, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is WireFormatException or JsonException or IOException)
            {
                log.Unreadable(message.Topic, e.Message);
            }
        }
    }

    private async ValueTask HandAsync(Lane lane, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        switch (lane)
        {
            case Lane.Ack:
                ack(WireCodec.Decode(payload, WireJson.Default.Ack));
                break;
            case Lane.Orders:
                orders(WireCodec.Decode(payload, WireJson.Default.OrdersState));
                break;
            case Lane.Profile:
                profile(WireCodec.Decode(payload, WireJson.Default.ProfileState));
                break;
            case Lane.Hazards:
                hazards(WireCodec.Decode(payload, WireJson.Default.HazardsState));
                break;
            case Lane.DeviceProfile:
                deviceProfile(payload);
                break;
            case Lane.FileState:
                file(WireCodec.Decode(payload, WireJson.Default.FileState));
                break;
            case Lane.Command:
                await command(WireCodec.Decode(payload, WireJson.Default.Command), stop).ConfigureAwait(false);
                break;
        }
    }
}
