namespace ThreeOneOne.Field.Wire;

/// <summary>Tells a vehicle that the hub kept one of its records aside.</summary>
/// <param name="Seq">Sequence number of the record.</param>
/// <param name="Reason">Why, for a technician.</param>
public sealed record AsideNotice(long Seq, string Reason);
