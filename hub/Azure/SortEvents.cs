using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>
/// Turns events into the wire's messages. Who sent one is what IoT Hub says of the session, never what the message says; events come more
/// than once and in any order, so a status that is older than what was heard is dropped, and so is an older change of the connection.
/// IoT Hub knows nothing of this hub's revocation lists, so a vehicle that is revoked here is refused here, whatever it still proves there.
/// </summary>
internal sealed class SortEvents(
    AzureOptions options, VehicleRegistry registry, VehicleStatuses statuses, VehicleStandings standings, EventCounts counts, TimeProvider time, ILogger<SortEvents> log)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> heard = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> said = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> sequences = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> told = new(StringComparer.Ordinal);
    private readonly string resource = $"/iothubs/{options.Host.Split('.')[0]}";

    /// <returns>The messages of each lane. Changes of connections are taken here.</returns>
    public async Task<ILookup<Lane, LinkMessage>> SortAsync(IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        var messages = new List<(Lane Lane, LinkMessage Message)>();
        var barred = await standings.BarredAsync(cancel).ConfigureAwait(false);
        // Whoever is revoked again is said again.
        foreach (var name in told.Keys.Where(n => !barred.Contains(n))) told.TryRemove(name, out _);
        foreach (var one in events)
        {
            if (!one.Source.EndsWith(resource, StringComparison.OrdinalIgnoreCase)) Ignore("another-source");
            else if (one.Type == CloudEvent.Telemetry) Take(one, barred, messages);
            else if (one.Type is CloudEvent.Connected or CloudEvent.Disconnected) await ChangeAsync(one, barred, cancel).ConfigureAwait(false);
            else Ignore("another-type");
        }

        return messages.ToLookup(m => m.Lane, m => m.Message);
    }

    private void Take(CloudEvent one, IReadOnlySet<string> barred, List<(Lane Lane, LinkMessage Message)> messages)
    {
        if (Device(one.Text("systemProperties", "iothub-connection-device-id"), barred) is not { } device) return;
        var jurisdiction = one.Text("properties", "jurisdiction") ?? registry.Find(device)?.Jurisdiction;
        var topic = Topic.TryParse($"field/v1/{jurisdiction}/{device}/{one.Text("properties", "lane")}");
        if (topic is not { Lane: Lane.Up or Lane.Live or Lane.Status or Lane.File })
        {
            Ignore("no-lane");
            return;
        }

        if (Body(one) is not { } body)
        {
            Ignore("no-body");
            return;
        }

        var enqueued = CloudEvent.TimeOf(one.Text("systemProperties", "iothub-enqueuedtime"));
        Later(heard, device, enqueued);
        if (topic.Lane == Lane.Status && enqueued < Later(said, device, enqueued))
        {
            Ignore("older-status");
            return;
        }

        counts.Add("messages");
        messages.Add((topic.Lane, new LinkMessage(topic.ToString(), body, Retained: false)));
    }

    private async Task ChangeAsync(CloudEvent one, IReadOnlySet<string> barred, CancellationToken cancel)
    {
        if (Device(one.Text("deviceId"), barred) is not { } device || registry.Find(device) is null) return;
        var sequence = one.Text("deviceConnectionStateEventInfo", "sequenceNumber") ?? "";
        // Hexadecimal of one length: a later one is the greater text.
        var newest = sequences.AddOrUpdate(device, sequence, (_, before) => string.CompareOrdinal(before, sequence) > 0 ? before : sequence);
        if (newest != sequence || (heard.TryGetValue(device, out var last) && last > one.Time))
        {
            Ignore("older-connection");
            return;
        }

        counts.Add("connections");
        if (one.Type == CloudEvent.Connected) statuses.Heard(device, time.GetUtcNow());
        else await statuses.AcceptAsync([new VehicleStatusReported(device, new VehicleStatus { Online = false })], time.GetUtcNow(), cancel).ConfigureAwait(false);
    }

    private string? Device(string? name, IReadOnlySet<string> barred)
    {
        if (!Identifier.IsValid(name) || !options.Takes(name))
        {
            Ignore("another-vehicle");
            return null;
        }

        if (!barred.Contains(name)) return name;
        counts.Add("refused-revoked");
        if (told.TryAdd(name, 0)) log.RevokedSpeaks(name);
        return null;
    }

    private static DateTimeOffset Later(ConcurrentDictionary<string, DateTimeOffset> times, string device, DateTimeOffset time) =>
        times.AddOrUpdate(device, time, (_, before) => before > time ? before : time);

    private static byte[]? Body(CloudEvent one)
    {
        if (one.Data.ValueKind != JsonValueKind.Object || !one.Data.TryGetProperty("body", out var body)) return null;
        // JSON where the device said that it is JSON in UTF-8, else base64.
        return body.ValueKind switch
        {
            JsonValueKind.String => body.TryGetBytesFromBase64(out var bytes) ? bytes : null,
            JsonValueKind.Object => Encoding.UTF8.GetBytes(body.GetRawText()),
            _ => null,
        };
    }

    private void Ignore(string why)
    {
        counts.Add("ignored-" + why);
        log.EventIgnored(why);
    }
}
