using System.Buffers;
using System.Text.Json;

namespace ThreeOneOne.Field.Wire;

/// <summary>Builds the JSON of an <see cref="UpBatch"/> around records that are already encoded.</summary>
public static class UpBatchWriter
{
    /// <returns>UTF-8 JSON: <c>{"v":1,"vehicle":"…","epoch":"…","records":[…],"ask":[[1,5]]}</c>.</returns>
    public static byte[] Write(UpBatch batch)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + batch.Records.Sum(r => r.Length + 1));
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("v"u8, batch.Version);
        json.WriteString("vehicle"u8, batch.Vehicle);
        json.WriteString("epoch"u8, batch.Epoch);
        json.WriteStartArray("records"u8);
        // The outbox wrote these bytes with this serializer and guards them with a CRC.
        foreach (var record in batch.Records) json.WriteRawValue(record.Span, skipInputValidation: true);
        json.WriteEndArray();
        if (batch.Ask is { } ask)
        {
            json.WriteStartArray("ask"u8);
            foreach (var (first, last) in ask)
            {
                json.WriteStartArray();
                json.WriteNumberValue(first);
                json.WriteNumberValue(last);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
