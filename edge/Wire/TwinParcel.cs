using System.Security.Cryptography;
using System.Text.Json;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// A message of the hub as a desired property of a vehicle's twin in Azure IoT Hub: base64 in pieces, because a string of a twin
/// has at most 4 KB and all desired properties together 32 KB. A longer message is only named by its hash and comes otherwise.
/// <c>{"sha256":"…","bytes":1234,"parts":["…"]}</c>, <c>parts</c> null when it is too long.
/// https://learn.microsoft.com/azure/iot-hub/iot-hub-devguide-device-twins#tags-and-properties-format
/// </summary>
public static class TwinParcel
{
    /// <summary>Longest message that fits, bytes as encoded: two of them leave a quarter of the twin to the city.</summary>
    public const int MaxBytes = PartBytes * MostParts;

    private const int PartBytes = 3_000;
    private const int MostParts = 3;

    /// <summary>Writes the property's value.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> message)
    {
        json.WriteStartObject();
        json.WriteString("sha256", Hash(message));
        json.WriteNumber("bytes", message.Length);
        if (message.Length > MaxBytes)
        {
            json.WriteNull("parts");
        }
        else
        {
            json.WriteStartArray("parts");
            for (var rest = message; rest.Length > 0; rest = rest[Math.Min(PartBytes, rest.Length)..])
                json.WriteBase64StringValue(rest[..Math.Min(PartBytes, rest.Length)]);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <returns>The message; null when it is only named and comes otherwise.</returns>
    /// <exception cref="WireFormatException">It is none, or not the one that its hash names.</exception>
    public static byte[]? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("sha256", out var hash) || hash.ValueKind != JsonValueKind.String)
            throw new WireFormatException(WireFault.Malformed, "a desired property without sha256");
        if (!value.TryGetProperty("parts", out var parts) || parts.ValueKind == JsonValueKind.Null) return null;
        if (parts.ValueKind != JsonValueKind.Array || parts.GetArrayLength() > MostParts) throw new WireFormatException(WireFault.Oversized, $"at most {MostParts} parts");
        using var message = new MemoryStream();
        foreach (var part in parts.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.String || !part.TryGetBytesFromBase64(out var bytes) || bytes.Length > PartBytes)
                throw new WireFormatException(WireFault.Malformed, "a part that is no base64, or too long");
            message.Write(bytes);
        }

        var whole = message.ToArray();
        return Hash(whole) == hash.GetString() ? whole : throw new WireFormatException(WireFault.Malformed, "a desired property that is not what its hash names");
    }

    private static string Hash(ReadOnlySpan<byte> message) => Convert.ToHexStringLower(SHA256.HashData(message));
}
