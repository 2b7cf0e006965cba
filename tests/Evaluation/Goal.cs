using System.Globalization;

namespace ThreeOneOne.Field.Evaluation;

/// <summary>A bound that a figure should keep.</summary>
/// <param name="Bound">In the figure's own unit.</param>
/// <param name="AtLeast">True when more is better.</param>
internal sealed record Goal(double Bound, bool AtLeast)
{
    public static Goal Least(double bound) => new(bound, AtLeast: true);

    public static Goal Most(double bound) => new(bound, AtLeast: false);

    public bool IsMet(double value) => AtLeast ? value >= Bound : value <= Bound;

    public override string ToString() => $"{(AtLeast ? "≥" : "≤")} {Bound.ToString("0.####", CultureInfo.InvariantCulture)}";
}
