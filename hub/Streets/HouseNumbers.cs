namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>The house numbers of one side of a segment, from its first point to its last; they may run down.</summary>
public readonly record struct HouseNumbers(int From, int To)
{
    /// <summary>How far a number is from the range; 0 in it. Whether its parity is the side's is not asked.</summary>
    public int DistanceTo(int number) => Math.Max(0, Math.Max(Math.Min(From, To) - number, number - Math.Max(From, To)));

    /// <summary>The number itself, or the end of the range that is nearest to it.</summary>
    public int Nearest(int number) => Math.Clamp(number, Math.Min(From, To), Math.Max(From, To));

    /// <summary>Where a number of the range is, as a share of the way: <see cref="At"/> the other way round.</summary>
    public double ShareOf(int number) => From == To ? 0.5 : (double)(number - From) / (To - From);

    /// <summary>The number at a fraction of the way, of the same parity as the side's first number.</summary>
    public int At(double fraction)
    {
        var steps = (int)Math.Round(Math.Clamp(fraction, 0, 1) * Math.Abs(To - From) / 2, MidpointRounding.AwayFromZero);
        return From + Math.Sign(To - From) * 2 * Math.Min(steps, Math.Abs(To - From) / 2);
    }
}
