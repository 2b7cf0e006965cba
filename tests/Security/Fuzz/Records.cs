using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Fuzz;

/// <summary>Right messages of a vehicle.</summary>
public static class Records
{
    public const string Epoch = "00112233445566ff";

    /// <summary>One batch of one record that the hub takes from a vehicle without a crew.</summary>
    public static byte[] Batch(string vehicle, long seq, string word = "ok", string epoch = Epoch) => UpBatchWriter.Write(new UpBatch(
        WireCodec.Version, vehicle, epoch,
        [JsonSerializer.SerializeToUtf8Bytes(
            new WireRecord
            {
                Seq = seq, Stamp = Stamp(TimeProvider.System.GetUtcNow()),
                Health = new VehicleHealth { Unsent = 1, Sources = new Dictionary<string, string> { ["position"] = word } },
            },
            WireJson.Default.WireRecord)]));

    /// <summary>Every kind of record, in one batch of many.</summary>
    public static byte[] Rich(string vehicle, long seq)
    {
        var stamp = Stamp(TimeProvider.System.GetUtcNow());
        var at = new GeoPoint(42.3655, -71.1037);
        WireRecord[] records =
        [
            new() { Seq = seq, Stamp = stamp, Lamp = new LampObservation { Pole = "P-1", At = at, Verdict = LampVerdict.Dark, Curve = [1, 2, 3] } },
            new() { Seq = seq + 1, Stamp = stamp, Duty = new Duty("s", "c"), Action = new CrewAction { Id = "a", Kind = CrewActionKind.Note, At = at, Attachments = [new AttachmentRef(new string('a', 64), "image/jpeg", 100)] } },
            new() { Seq = seq + 2, Stamp = stamp, Result = new CommandResult("c-1", CommandOutcome.Done, "done") },
            new() { Seq = seq + 3, Stamp = stamp, Health = new VehicleHealth { Unsent = 3 } },
        ];
        return UpBatchWriter.Write(new UpBatch(
            WireCodec.Version, vehicle, Epoch, [.. records.Select(r => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(r, WireJson.Default.WireRecord))], [(1, 5)]));
    }

    public static Stamp Stamp(DateTimeOffset at) => new() { DeviceTime = at, Boot = "0badcafe", MonotonicMs = 1_000, Clock = ClockSource.Network };
}
