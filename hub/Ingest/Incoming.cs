using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>One record on its way through the steps.</summary>
/// <param name="Vehicle">From the registry; topic and envelope agree with it.</param>
/// <param name="Topic">As received.</param>
/// <param name="Epoch">Outbox epoch.</param>
/// <param name="Source">Number of (vehicle, epoch).</param>
/// <param name="Seq">Sequence number; known also where the rest could not be read.</param>
/// <param name="Bytes">The record's JSON, byte for byte.</param>
/// <param name="Hash">Its content hash.</param>
/// <param name="ReceivedTime">When the hub read it, UTC.</param>
public sealed record Incoming(
    Vehicle Vehicle, string Topic, string Epoch, long Source, long Seq, ReadOnlyMemory<byte> Bytes, string Hash, DateTimeOffset ReceivedTime)
{
    /// <summary>The record; null when it is kept aside unread.</summary>
    public WireRecord? Record { get; init; }

    /// <summary>Why it is kept aside instead of applied; null while nothing is wrong with it.</summary>
    public string? Reason { get; private set; }

    public string Detail { get; private set; } = string.Empty;

    /// <summary>Seen before with the same content.</summary>
    public bool Duplicate { get; set; }

    /// <summary>Another content is stored under its key: the vehicle is asked to send it under a new epoch.</summary>
    public bool IsFork => Reason == AsideReason.Fork;

    public bool IsGood => Reason is null && !Duplicate;

    /// <summary>
    /// Stored: also what a capability failed on, because nothing is wrong with the record and the vehicle lets it go now.
    /// </summary>
    public bool IsStored => !Duplicate && Reason is null or AsideReason.ProjectionFailed;

    /// <summary>The first reason counts.</summary>
    public void KeepAside(string reason, string detail)
    {
        if (Reason is not null) return;
        Reason = reason;
        Detail = detail;
    }

    // What a crew's vehicle sends is kept for inspection only when it says its shift: it may hold a place.
    private bool MayKeepBytes => !AsideReason.HidesContent(Reason!)
        && (Vehicle.Kind == VehicleKind.SensorOnly || Record is { Duty: { Shift.Length: > 0, Crew.Length: > 0 } } or { Health: not null } or { Shift: not null });

    public Aside ToAside() => new(ReceivedTime, Topic, Vehicle.Id, Reason!, Detail,
        MayKeepBytes ? Bytes : default, AsideStore.RecordKey(Vehicle.Id, Epoch, Seq, Hash));
}
