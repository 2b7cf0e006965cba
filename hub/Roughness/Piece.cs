namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>About 100 m of a street in one direction of driving.</summary>
/// <param name="Segment">The city's id of the segment.</param>
/// <param name="Index">Which of its equal pieces, from 0 at its first point.</param>
/// <param name="Along">True for the lanes that run as the segment is drawn.</param>
public readonly record struct Piece(string Segment, int Index, bool Along) : IComparable<Piece>
{
    /// <summary>Of <see cref="Along"/> in words.</summary>
    public string Direction => Along ? "along" : "against";

    public static bool operator <(Piece a, Piece b) => a.CompareTo(b) < 0;

    public static bool operator >(Piece a, Piece b) => a.CompareTo(b) > 0;

    public static bool operator <=(Piece a, Piece b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Piece a, Piece b) => a.CompareTo(b) >= 0;

    public int CompareTo(Piece other) => string.CompareOrdinal(Segment, other.Segment) is var by and not 0 ? by
        : Index.CompareTo(other.Index) is var index and not 0 ? index : other.Along.CompareTo(Along);
}
