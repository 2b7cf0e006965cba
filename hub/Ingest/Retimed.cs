namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>A record whose time is another one now, because its boot's clock was repaired.</summary>
/// <param name="Vehicle">Vehicle id.</param>
/// <param name="Epoch">Outbox epoch.</param>
/// <param name="Seq">Sequence number.</param>
/// <param name="AtMs">Its time now, Unix milliseconds.</param>
public sealed record Retimed(string Vehicle, string Epoch, long Seq, long AtMs);
