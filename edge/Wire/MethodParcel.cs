using System.Buffers.Text;
using System.Text.Json;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// A message of the hub as the payload of a direct method of Azure IoT Hub: <c>{"wire":"base64url"}</c>. The name of the method is
/// the last part of the lane's topic. A payload has at most 128 KB and only printable ASCII in names and values.
/// https://learn.microsoft.com/azure/iot-hub/iot-hub-devguide-direct-methods
/// </summary>
public static class MethodParcel
{
    /// <summary>Longest message that fits, bytes as encoded.</summary>
    public const int MaxBytes = 95 * 1024;

    private const int MaxPayloadBytes = 128 * 1024;
    private static readonly JsonEncodedText Wire = JsonEncodedText.Encode("wire");

    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> message)
    {
        json.WriteStartObject();
        json.WriteString(Wire, Base64Url.EncodeToString(message));
        json.WriteEndObject();
    }

    /// <exception cref="WireFormatException">It is no such payload.</exception>
    public static byte[] Read(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > MaxPayloadBytes) throw new WireFormatException(WireFault.Oversized, $"{payload.Length} bytes; at most {MaxPayloadBytes}");
        try
        {
            using var json = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 4 });
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(Wire.EncodedUtf8Bytes, out var text) && text.ValueKind == JsonValueKind.String)
                return Base64Url.DecodeFromChars(text.GetString());
            throw new WireFormatException(WireFault.Malformed, "a method without 'wire'");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new WireFormatException(WireFault.Malformed, e.Message, e);
        }
    }
}
