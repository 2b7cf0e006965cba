namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>How often crews found what sensors had proposed: counts of the newest inspections, one for each request.</summary>
public sealed record Precision(int Confirmed, int NotFound, int OtherDefect, int OtherOwner)
{
    // 95 %.
    private const double Z = 1.959963984540054;

    public static readonly Precision None = new(0, 0, 0, 0);

    /// <summary>Inspections that say whether the sensor was right.</summary>
    public int Inspections => Confirmed + NotFound + OtherDefect;

    /// <summary>Share that was confirmed; null before the first inspection.</summary>
    public double? Share => Inspections == 0 ? null : (double)Confirmed / Inspections;

    /// <summary>Wilson's 95 % interval of the share: honest for few inspections too.</summary>
    public (double Low, double High)? Interval
    {
        get
        {
            if (Share is not { } p) return null;
            double n = Inspections;
            var centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
            var half = Z / (1 + Z * Z / n) * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
            return (Math.Max(0, centre - half), Math.Min(1, centre + half));
        }
    }

    public static Precision Of(IEnumerable<Label> labels)
    {
        var counts = labels.CountBy(l => l).ToDictionary();
        int Count(Label label) => counts.GetValueOrDefault(label);
        return new Precision(Count(Label.Confirmed), Count(Label.NotFound), Count(Label.OtherDefect), Count(Label.OtherOwner));
    }

    public static Precision operator +(Precision a, Precision b) => Add(a, b);

    public static Precision Add(Precision left, Precision right) => new(
        left.Confirmed + right.Confirmed, left.NotFound + right.NotFound, left.OtherDefect + right.OtherDefect, left.OtherOwner + right.OtherOwner);
}
