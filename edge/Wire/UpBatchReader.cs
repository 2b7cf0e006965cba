using System.Text.Json;

namespace ThreeOneOne.Field.Wire;

/// <summary>Takes an <see cref="UpBatch"/> apart into its envelope and the raw bytes of each record.</summary>
public static class UpBatchReader
{
    /// <param name="json">UTF-8 JSON of one batch.</param>
    /// <exception cref="WireFormatException">Not a batch: bad JSON, no version, vehicle, epoch or records.</exception>
    public static UpBatch Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return ReadEnvelope(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new WireFormatException(WireFault.Malformed, e.Message, e);
        }
    }

    /// <summary>Reads one record of a batch.</summary>
    /// <exception cref="WireFormatException">Bad JSON, a required member is missing, or its track cannot be read.</exception>
    public static WireRecord ReadRecord(ReadOnlyMemory<byte> json)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json.Span, WireJson.Default.WireRecord)
                ?? throw new WireFormatException(WireFault.Malformed, "the record is null");
            if (record.Seq < 1) throw new WireFormatException(WireFault.Malformed, $"seq {record.Seq} is not 1 or more");
            return record;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new WireFormatException(WireFault.Malformed, e.Message, e);
        }
    }

    private static UpBatch ReadEnvelope(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        int? version = null;
        string? vehicle = null, epoch = null;
        List<ReadOnlyMemory<byte>>? records = null;
        List<(long, long)>? ask = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new WireFormatException(WireFault.Malformed, "a batch is a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "v": version = reader.GetInt32(); break;
                case "vehicle": vehicle = reader.GetString(); break;
                case "epoch": epoch = reader.GetString(); break;
                case "records": records = Slice(ref reader, json); break;
                case "ask": ask = Ranges(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        // Reading past the object's end finds what was pasted behind it.
        if (reader.Read()) throw new WireFormatException(WireFault.Malformed, "text after the batch");
        if (version is null) throw new WireFormatException(WireFault.Malformed, "a batch says its version in v");
        if (version != WireCodec.Version)
            throw new WireFormatException(WireFault.UnknownVersion, $"version {version} of the contract; this hub reads {WireCodec.Version}");
        if (!Identifier.IsValid(vehicle)) throw new WireFormatException(WireFault.Malformed, $"vehicle '{vehicle}' is not {Identifier.Rule}");
        if (!IsEpoch(epoch)) throw new WireFormatException(WireFault.Malformed, $"epoch '{epoch}' is not 16 lower-case hex digits");
        if (records is null) throw new WireFormatException(WireFault.Malformed, "a batch has records");
        return new UpBatch(version.Value, vehicle, epoch!, records, ask);
    }

    private static List<ReadOnlyMemory<byte>> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new WireFormatException(WireFault.Malformed, "records is an array");
        var records = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            records.Add(json[start..(int)reader.BytesConsumed]);
            if (records.Count > WireCodec.MaxRecords)
                throw new WireFormatException(WireFault.Oversized, $"more than {WireCodec.MaxRecords} records in one batch");
        }

        return records;
    }

    private static List<(long First, long Last)> Ranges(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new WireFormatException(WireFault.Malformed, "ask is an array of ranges");
        var ranges = new List<(long, long)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartArray) throw new WireFormatException(WireFault.Malformed, "a range is an array of two");
            reader.Read();
            var first = reader.GetInt64();
            reader.Read();
            var last = reader.GetInt64();
            reader.Read();
            if (reader.TokenType != JsonTokenType.EndArray || first < 1 || last < first)
                throw new WireFormatException(WireFault.Malformed, "a range is first and last, from 1 on");
            ranges.Add((first, last));
            if (ranges.Count > UpBatch.MaxAsk)
                throw new WireFormatException(WireFault.Oversized, $"more than {UpBatch.MaxAsk} ranges in one ask");
        }

        return ranges;
    }

    private static bool IsEpoch(string? text) =>
        text is { Length: 16 } && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
