namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>
/// Whose parameters are drawn. Every range is cut into stripes that belong to the one set or the other in turn, so that what
/// is scored has no mass, size or speed in a range that anything was trained on, and yet both cover the whole.
/// </summary>
public enum ParameterSet
{
    /// <summary>What the simulated city and every evaluation drive.</summary>
    Scoring,

    /// <summary>What shipped weights are trained on.</summary>
    Training,
}
