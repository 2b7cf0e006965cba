namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Names a shock; sorts in the canonical order.</summary>
public readonly record struct ShockKey(long FixMs, string Vehicle, string Epoch, long Seq) : IComparable<ShockKey>
{
    public int CompareTo(ShockKey other)
    {
        var order = FixMs.CompareTo(other.FixMs);
        if (order == 0) order = string.CompareOrdinal(Vehicle, other.Vehicle);
        if (order == 0) order = string.CompareOrdinal(Epoch, other.Epoch);
        return order == 0 ? Seq.CompareTo(other.Seq) : order;
    }

    public static bool operator <(ShockKey left, ShockKey right) => left.CompareTo(right) < 0;

    public static bool operator >(ShockKey left, ShockKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(ShockKey left, ShockKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ShockKey left, ShockKey right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Vehicle}.{Epoch}.{Seq}";
}
