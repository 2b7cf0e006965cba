namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>The house numbers of one side of a segment, from its first point to its last; they may run down.</summary>
public readonly record struct HouseNumbers(int From, int To)
{
    /// <summary>The number at a fraction of the way, of the same parity as the side's first number.</summary>
    public int At(double fraction)
    {
        var steps = (int)Math.Round(Math.Clamp(fraction, 0, 1) * Math.Abs(To - From) / 2, MidpointRounding.AwayFromZero);
        return From + Math.Sign(To - From) * 2 * Math.Min(steps, Math.Abs(To - From) / 2);
    }
}
