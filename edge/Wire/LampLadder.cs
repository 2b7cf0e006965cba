namespace ThreeOneOne.Field.Wire;

/// <summary>
/// The shares of its usual light that <see cref="LampObservation.Likelihoods"/> speaks about, in order: out, as good as out,
/// dim, usual, brighter than usual.
/// </summary>
public static class LampLadder
{
    /// <summary>Of what a usual lit light of its fixture would show there. The order and the values are part of the contract.</summary>
    public static readonly IReadOnlyList<double> Shares = [0, 0.1, 0.2, 0.3, 0.45, 0.65, 1, 1.5, 2.2, 3.3];

    /// <summary>A likelihood further below the likeliest is not told apart, tenths of a natural logarithm.</summary>
    public const int Lowest = 255;
}
