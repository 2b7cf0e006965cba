using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Messages to records. The vehicle must be registered, in its own jurisdiction, and the same in topic and envelope: another
/// message is kept aside whole and refused, not acknowledged, so that a vehicle which is registered later loses nothing
/// and does not send without end either.
/// </summary>
public sealed class DecodeStep(VehicleRegistry registry)
{
    private const int HeadBytes = 64;

    [SuppressMessage("Design", "CA1031", Justification = "Nothing that a vehicle sends may stop the lane of all the others.")]
    public void Run(IngestBatch batch)
    {
        foreach (var message in batch.Messages)
        {
            var topic = Topic.TryParse(message.Topic);
            if (topic is not { Lane: Lane.Up })
            {
                KeepAside(batch, message, null, AsideReason.BadTopic, "not a vehicle's up topic");
                continue;
            }

            if (!TryRegistered(registry, topic, out var vehicle, out var reason, out var detail))
            {
                KeepAside(batch, message, topic, reason, detail);
                continue;
            }

            try
            {
                Take(batch, message, topic, vehicle);
            }
            catch (WireFormatException e)
            {
                KeepAside(batch, message, topic, Word(e.Fault), e.Message);
            }
            catch (Exception e)
            {
                KeepAside(batch, message, topic, AsideReason.Malformed, $"{e.GetType().Name}: {e.Message}");
            }
        }
    }

    /// <summary>Holds a topic to the registry. Both lanes do.</summary>
    internal static bool TryRegistered(VehicleRegistry registry, Topic topic, out Vehicle vehicle, out string reason, out string detail)
    {
        (vehicle, reason, detail) = (registry.Find(topic.Vehicle)!, string.Empty, string.Empty);
        if (vehicle is null)
            (reason, detail) = (AsideReason.UnknownVehicle, $"'{topic.Vehicle}' is not registered");
        else if (vehicle.Jurisdiction != topic.Jurisdiction)
            (reason, detail) = (AsideReason.JurisdictionMismatch, $"topic says '{topic.Jurisdiction}', the registry '{vehicle.Jurisdiction}'");
        return reason.Length == 0;
    }

    internal static string Word(WireFault fault) => fault switch
    {
        WireFault.Oversized => AsideReason.Oversized,
        WireFault.UnknownVersion => AsideReason.UnknownVersion,
        WireFault.UnknownEncoding => AsideReason.UnknownEncoding,
        _ => AsideReason.Malformed,
    };

    private static void Take(IngestBatch batch, LinkMessage message, Topic topic, Vehicle vehicle)
    {
        var up = UpBatchReader.Read(WireCodec.Decode(message.Payload));
        if (up.Vehicle != vehicle.Id)
        {
            KeepAside(batch, message, topic, AsideReason.WrongVehicle, $"the batch says it is of '{up.Vehicle}'", up.Epoch);
            return;
        }

        if (up.Ask is { Count: > 0 } ask) batch.Questions.Add(new Question(vehicle, up.Epoch, ask));
        var source = SourceId.Of(vehicle.Id, up.Epoch);
        foreach (var bytes in up.Records)
        {
            var hash = WireCodec.ContentHash(bytes.Span);
            try
            {
                var record = UpBatchReader.ReadRecord(bytes);
                batch.Records.Add(new Incoming(vehicle, message.Topic, up.Epoch, source, record.Seq, bytes, hash, batch.ReceivedTime) { Record = record });
            }
            catch (WireFormatException e) when (SeqOf(bytes) is { } seq)
            {
                // With a sequence number the vehicle can be told, and need not send it for ever.
                var broken = new Incoming(vehicle, message.Topic, up.Epoch, source, seq, bytes, hash, batch.ReceivedTime);
                broken.KeepAside(Word(e.Fault), e.Message);
                batch.Records.Add(broken);
            }
            catch (WireFormatException e)
            {
                batch.Unreadable.Add(new Aside(batch.ReceivedTime, message.Topic, vehicle.Id, Word(e.Fault), e.Message, Head(Word(e.Fault), bytes),
                    $"{vehicle.Id}/{up.Epoch}/?/{hash}"));
                batch.Refuse(topic, up.Epoch, Word(e.Fault));
            }
        }
    }

    private static void KeepAside(IngestBatch batch, LinkMessage message, Topic? topic, string reason, string detail, string epoch = "")
    {
        batch.Unreadable.Add(new Aside(batch.ReceivedTime, message.Topic, topic?.Vehicle, reason, detail, Head(reason, message.Payload), null));
        if (topic is { Lane: Lane.Up }) batch.Refuse(topic, epoch, reason);
    }

    // Enough to tell what wrote it; a place would come later, and nobody can say whether it was on shift.
    private static ReadOnlyMemory<byte> Head(string reason, ReadOnlyMemory<byte> bytes) =>
        AsideReason.HidesContent(reason) ? default : bytes[..Math.Min(bytes.Length, HeadBytes)];

    private static long? SeqOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("seq", out var seq)
                && seq.ValueKind == JsonValueKind.Number
                && seq.TryGetInt64(out var value) && value >= 1 ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
