using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>
/// Sends to vehicles through IoT Hub. Each lane is a direct method of its name, which only a connected vehicle hears; whatever is not heard
/// is sent again when the vehicle says what it holds. Profiles are the twin's desired state first, because it waits for the vehicle there.
/// Acknowledgements and answers about files are handed over without waiting, as at a broker: one slow vehicle must not hold up the others.
/// </summary>
internal sealed class AzureDownlink(
    AzureOptions options, ServiceApi service, VehicleStandings standings, IHostApplicationLifetime life, ILogger<AzureDownlink> log)
{
    private const int MostUnderWay = 2_000;

    private readonly ConcurrentDictionary<Topic, string> desired = new();
    private int underWay;
    private long sent;
    private long failed;

    /// <summary>Messages that a vehicle took since the start, and those that none did.</summary>
    public (long Sent, long Failed) Figures => (Interlocked.Read(ref sent), Interlocked.Read(ref failed));

    public async ValueTask<DeliveryResult> SendAsync(Topic topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        if (topic.Lane is not (Lane.Ack or Lane.FileState)) return await DeliverAsync(topic, payload, cancel).ConfigureAwait(false);
        if (Interlocked.Increment(ref underWay) > MostUnderWay)
        {
            Interlocked.Decrement(ref underWay);
            return Count(topic, DeliveryResult.NotConnected, "too many are under way");
        }

        _ = DeliverQuietlyAsync(topic, payload);
        return DeliveryResult.Accepted;
    }

    private async Task DeliverQuietlyAsync(Topic topic, ReadOnlyMemory<byte> payload)
    {
        try
        {
            await DeliverAsync(topic, payload, life.ApplicationStopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The hub ends: the vehicle asks the next one.
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    private async Task<DeliveryResult> DeliverAsync(Topic topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        if ((await standings.BarredAsync(cancel).ConfigureAwait(false)).Contains(topic.Vehicle)) return Count(topic, DeliveryResult.Refused, "it is revoked");
        if (topic.Lane is not (Lane.Profile or Lane.DeviceProfile)) return await InvokeAsync(topic, payload, cancel).ConfigureAwait(false);
        // The same one again: the vehicle is there and has not taken it from its twin.
        var hash = Convert.ToHexStringLower(SHA256.HashData(payload.Span));
        if (desired.GetValueOrDefault(topic) == hash) return await InvokeAsync(topic, payload, cancel).ConfigureAwait(false);
        var answer = await service.CallAsync(HttpMethod.Patch, $"twins/{topic.Vehicle}", Desired(topic, payload.Span), cancel).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.OK) desired[topic] = hash;
        return answer.Status == HttpStatusCode.OK && payload.Length <= TwinParcel.MaxBytes
            ? Count(topic, DeliveryResult.Accepted, null)
            : await InvokeAsync(topic, payload, cancel).ConfigureAwait(false);
    }

    private async Task<DeliveryResult> InvokeAsync(Topic topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        if (payload.Length > MethodParcel.MaxBytes) return Count(topic, DeliveryResult.TooLarge, $"{payload.Length} bytes; at most {MethodParcel.MaxBytes} through IoT Hub");
        var answer = await service.CallAsync(HttpMethod.Post, $"twins/{topic.Vehicle}/methods", Call(topic, payload.Span), cancel).ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.OK when VehicleTook(answer.Body) => Count(topic, DeliveryResult.Accepted, null),
            HttpStatusCode.OK => Count(topic, DeliveryResult.Refused, "the vehicle refused it"),
            // Not connected, or not subscribed yet, or no device of IoT Hub.
            HttpStatusCode.NotFound => Count(topic, DeliveryResult.NotConnected, Short(answer.Body)),
            HttpStatusCode.RequestEntityTooLarge => Count(topic, DeliveryResult.TooLarge, Short(answer.Body)),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest => Complain(topic, answer),
            HttpStatusCode.GatewayTimeout => Count(topic, DeliveryResult.TimedOut, "the vehicle did not answer"),
            _ => Count(topic, DeliveryResult.NotConnected, Short(answer.Body)),
        };
    }

    private DeliveryResult Complain(Topic topic, ServiceAnswer answer)
    {
        log.Refused((int)answer.Status!, Short(answer.Body));
        return Count(topic, DeliveryResult.Refused, null);
    }

    private DeliveryResult Count(Topic topic, DeliveryResult result, string? why)
    {
        if (result == DeliveryResult.Accepted) Interlocked.Increment(ref sent);
        else Interlocked.Increment(ref failed);
        if (why is not null) log.NotDelivered(topic.Lane, topic.Vehicle, why);
        return result;
    }

    private byte[] Call(Topic topic, ReadOnlySpan<byte> payload)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("methodName", Name(topic));
            json.WriteNumber("responseTimeoutInSeconds", (int)options.MethodTimeout.TotalSeconds);
            json.WritePropertyName("payload");
            MethodParcel.Write(json, payload);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static byte[] Desired(Topic topic, ReadOnlySpan<byte> payload)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("properties");
            json.WriteStartObject("desired");
            json.WriteStartObject("field");
            json.WritePropertyName(Name(topic));
            TwinParcel.Write(json, payload);
            for (var i = 0; i < 4; i++) json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static string Name(Topic topic)
    {
        var text = topic.ToString();
        return text[(text.LastIndexOf('/') + 1)..];
    }

    private static bool VehicleTook(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number
                && status.TryGetInt32(out var code) && code is >= 200 and < 300;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Short(string body) => body.Length <= 200 ? body : body[..200];
}
