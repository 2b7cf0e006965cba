using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Reads newest positions and statuses. Positions go to memory only; what is kept aside from here is counted with its
/// reason and without its bytes, because they may be a place.
/// </summary>
public sealed class LiveLane(
    IHubSessions sessions, VehicleRegistry registry, VehicleStatuses statuses, LivePositions positions, LiveCheck check,
    AsideStore asides, Database database, IngestOptions options, DiskRoom room, TimeProvider time, ILogger<LiveLane> log)
    : BackgroundService
{
    public const string ClientId = "hub-live";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var reader = await sessions.OpenReaderAsync(
            ClientId, [Topic.AllLive, Topic.AllStatus], Qos.AtMostOnce, cleanSession: true, options.BatchMessages, stoppingToken).ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            var messages = await reader.ReadBatchAsync(stoppingToken).ConfigureAwait(false);
            await TakeAsync(messages, stoppingToken).ConfigureAwait(false);
            await reader.AcknowledgeBatchAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Newest state comes again: neither a failed write nor anything that a vehicle sends may end the lane.")]
    internal async Task TakeAsync(IReadOnlyList<LinkMessage> messages, CancellationToken cancel)
    {
        var received = time.GetUtcNow();
        var reports = new List<VehicleStatusReported>();
        var aside = new List<Aside>();
        foreach (var message in messages)
        {
            var topic = Topic.TryParse(message.Topic);
            try
            {
                if (topic is not { Lane: Lane.Live or Lane.Status })
                    aside.Add(Refuse(AsideReason.BadTopic, "not a vehicle's live or status topic"));
                else if (!DecodeStep.TryRegistered(registry, topic, out var vehicle, out var reason, out var detail))
                    aside.Add(Refuse(reason, detail));
                else if (topic.Lane == Lane.Status)
                    reports.Add(new VehicleStatusReported(vehicle.Id, check.ReadStatus(message.Payload)));
                else if (check.ReadPosition(message.Payload, vehicle, received, out var position) is { } wrong)
                    aside.Add(Refuse(wrong, "on the live lane"));
                else
                    Publish(vehicle, position, received, message.Retained);
            }
            catch (WireFormatException e)
            {
                aside.Add(Refuse(DecodeStep.Word(e.Fault), e.Message));
            }
            catch (Exception e)
            {
                aside.Add(Refuse(AsideReason.Malformed, $"{e.GetType().Name}: {e.Message}"));
            }

            Aside Refuse(string why, string detail) => new(received, message.Topic, topic?.Vehicle, why, detail, default, null);
        }

        try
        {
            foreach (var report in reports.Where(r => r.Status.Shift == ShiftState.Off)) positions.Forget(report.Vehicle);
            if (reports.Count > 0) await statuses.AcceptAsync(reports, received, cancel).ConfigureAwait(false);
            if (aside.Count > 0) await database.WriteAsync(scope => asides.Keep(scope, aside), WritePriority.Bulk, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (!room.IsFull(e)) log.LiveNotStored(e, reports.Count, aside.Count);
        }
    }

    private void Publish(Vehicle vehicle, LivePosition position, DateTimeOffset received, bool retained)
    {
        // A retained position is an old one by definition: nothing in the contract retains it.
        if (retained) return;
        statuses.Heard(vehicle.Id, received);
        positions.Publish(new LivePositionReceived(vehicle, position, received));
    }
}
