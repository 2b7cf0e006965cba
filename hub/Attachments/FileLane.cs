using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// Reads pieces of files in a session of its own, so that no record ever waits behind a photo. The session keeps nothing: a
/// vehicle sends the next piece only after the answer to the last, and asks again when there is none.
/// </summary>
public sealed class FileLane(IHubSessions sessions, VehicleRegistry registry, TakePiece take, Downlink downlink, ILogger<FileLane> log) : BackgroundService
{
    public const string ClientId = "hub-files";

    private const int Batch = 64;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var reader = await sessions.OpenReaderAsync(
            ClientId, [Topic.AllFiles], Qos.AtLeastOnce, cleanSession: true, Batch, stoppingToken).ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var message in await reader.ReadBatchAsync(stoppingToken).ConfigureAwait(false)) await TakeAsync(message, stoppingToken).ConfigureAwait(false);
            await reader.AcknowledgeBatchAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever one vehicle's piece does, the others' follow; without an answer it comes again.")]
    internal async Task TakeAsync(LinkMessage message, CancellationToken cancel)
    {
        if (Topic.TryParse(message.Topic) is not { Lane: Lane.File } topic || registry.Find(topic.Vehicle) is not { } vehicle || vehicle.Jurisdiction != topic.Jurisdiction)
        {
            log.NotTaken(message.Topic, "no registered vehicle's file topic");
            return;
        }

        try
        {
            var state = await take.TakeAsync(vehicle.Id, FileChunk.Decode(message.Payload), cancel).ConfigureAwait(false);
            await downlink.SendAsync(vehicle.Id, Lane.FileState, WireCodec.Encode(state, WireJson.Default.FileState), cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.NotTaken(message.Topic, e.Message);
        }
    }
}
