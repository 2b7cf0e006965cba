using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ThreeOneOne.Field.Wire.Tests;

public sealed class SampleTests
{
    public static TheoryData<string> All => [.. WireSamples.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_sample_is_read_for_ever_and_written_back_with_all_it_said(string name)
    {
        var sample = WireSamples.Read(name);
        if (name == "up")
        {
            // Read record by record: the envelope has no serializer of its own.
            Assert.Equal(9, UpBatchReader.Read(sample).Records.Count);
            return;
        }

        var type = TypeOf(name);
        var message = JsonSerializer.Deserialize(sample, type);
        var written = JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(message, type))!.AsObject();
        if (name == "record-of-a-newer-vehicle") return;
        Assert.Equal(Canonical(JsonNode.Parse(sample)!), Canonical(written));
    }

    [Fact]
    public void Every_message_and_record_kind_has_a_sample()
    {
        var names = WireSamples.Names.ToHashSet();
        foreach (var lane in Enum.GetValues<Lane>().Except([Lane.Unknown, Lane.File]))
            Assert.Contains(lane.ToString().ToLowerInvariant(), names);
        foreach (var kind in Enum.GetValues<RecordKind>().Except([RecordKind.Unknown]))
        {
            var name = "record-" + kind.ToString().ToLowerInvariant();
            Assert.Contains(name, names);
            Assert.Equal(kind, UpBatchReader.ReadRecord(WireSamples.Read(name)).Kind);
        }
    }

    [Fact]
    public void A_kind_of_a_newer_vehicle_is_unknown_and_no_error()
    {
        var record = UpBatchReader.ReadRecord(WireSamples.Read("record-of-a-newer-vehicle"));

        Assert.Equal(RecordKind.Unknown, record.Kind);
        Assert.Equal(9, record.Seq);
    }

    [Fact]
    public void A_word_of_a_newer_vehicle_reads_as_unknown()
    {
        var text = Encoding.UTF8.GetString(WireSamples.Read("record-shock")).Replace("\"pothole\"", "\"sinkhole\"", StringComparison.Ordinal);

        var record = UpBatchReader.ReadRecord(Encoding.UTF8.GetBytes(text));

        Assert.Equal(ShockKind.Unknown, record.Shock!.Kind);
        Assert.Equal(9.4, record.Shock.PeakMps2);
    }

    [Fact]
    public void An_estimate_of_a_vehicle_that_called_it_an_index_is_read_and_never_called_so_again()
    {
        var text = Encoding.UTF8.GetString(WireSamples.Read("record-roughness")).Replace("\"estimateMPerKm\"", "\"iriMPerKm\"", StringComparison.Ordinal);

        var record = UpBatchReader.ReadRecord(Encoding.UTF8.GetBytes(text));

        Assert.Equal(3.1, record.Roughness!.EstimateMPerKm);
        Assert.DoesNotContain("iri", JsonSerializer.Serialize(record, WireJson.Default.WireRecord), StringComparison.OrdinalIgnoreCase);
    }

    private static JsonTypeInfo TypeOf(string name) => name switch
    {
        "live" => WireJson.Default.LivePosition,
        "status" or "status-last-will" or "status-hazards" or "status-device-profile" => WireJson.Default.VehicleStatus,
        "ack" or "ack-with-digests" or "ack-refused" => WireJson.Default.Ack,
        "orders" or "orders-emergency" => WireJson.Default.OrdersState,
        "hazards" => WireJson.Default.HazardsState,
        "profile" => WireJson.Default.ProfileState,
        "deviceprofile" => WireJson.Default.DeviceProfile,
        "command" => WireJson.Default.Command,
        "filestate" => WireJson.Default.FileState,
        _ when name.StartsWith("record-", StringComparison.Ordinal) => WireJson.Default.WireRecord,
        _ => throw new InvalidOperationException($"the sample {name} belongs to no message: name its type here"),
    };

    // Same members and values, whatever their order and the spelling of times; defaults that the sample left out may appear.
    private static string Canonical(JsonNode node) => node switch
    {
        JsonObject o => "{" + string.Join(",", o.Where(p => !IsDefault(p.Value)).OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => p.Key + ":" + Canonical(p.Value!))) + "}",
        JsonArray a => "[" + string.Join(",", a.Select(n => n is null ? "null" : Canonical(n))) + "]",
        JsonValue v when v.TryGetValue(out string? s) => DateTimeOffset.TryParse(s, null, out var t) ? t.ToUniversalTime().ToString("O") : s,
        JsonValue v => v.GetValue<JsonElement>().ValueKind == JsonValueKind.Number ? v.GetValue<JsonElement>().GetDouble().ToString("R", null) : v.ToJsonString(),
        _ => node.ToJsonString(),
    };

    private static bool IsDefault(JsonNode? value) =>
        value is null || value.ToJsonString() is "0" or "false" or "\"unknown\"";
}
