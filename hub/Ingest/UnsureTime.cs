using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>What is known about when a record without a GPS time was made.</summary>
public sealed class UnsureTime
{
    public string Vehicle { get; init; } = "";

    public string Boot { get; init; } = "";

    public string Epoch { get; init; } = "";

    public long Seq { get; init; }

    public long MonotonicMs { get; init; }

    public long DeviceMs { get; init; }

    public ClockSource Clock { get; init; }

    public long ReceivedMs { get; init; }

    public static UnsureTime Of(StoredRecord stored) => new()
    {
        Vehicle = stored.Vehicle,
        Boot = stored.Record.Stamp.Boot,
        Epoch = stored.Epoch,
        Seq = stored.Record.Seq,
        MonotonicMs = stored.Record.Stamp.MonotonicMs,
        DeviceMs = stored.Record.Stamp.DeviceTime.ToUnixTimeMilliseconds(),
        Clock = stored.Record.Stamp.Clock,
        ReceivedMs = stored.ReceivedTime.ToUnixTimeMilliseconds(),
    };
}
