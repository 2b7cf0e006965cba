namespace ThreeOneOne.Field.Agent.Positioning.Matching;

/// <summary>
/// How fixes are laid on streets: "Hidden Markov map matching through noise and sparseness" (Newson and Krumm 2009), with
/// course over ground as a second observation.
/// </summary>
public sealed record MatchOptions
{
    /// <summary>Farthest distance at which a street is ever considered, metres.</summary>
    public const float MostRadiusM = 50;

    /// <summary>A receiver's error at HDOP 1, one sigma, metres.</summary>
    public float SigmaM { get; init; } = 4;

    /// <summary>Streets farther away than this many sigmas are not considered, and never beyond <see cref="MostRadiusM"/>.</summary>
    public float RadiusSigmas { get; init; } = 8;

    /// <summary>How far right of its centre-line a vehicle drives where there is traffic both ways, metres.</summary>
    public float KeepRightM { get; init; } = 1.5f;

    /// <summary>Scatter of course over ground about the street's direction while driving, one sigma, degrees.</summary>
    public float CourseSigmaDeg { get; init; } = 20;

    /// <summary>Below this speed a receiver's course says nothing, m/s.</summary>
    public float LeastCourseMps { get; init; } = 2;

    /// <summary>
    /// How much the way between two fixes and the straight line between them usually differ: metres for each second between
    /// the fixes, and at least <see cref="SigmaM"/> (Newson and Krumm measured 0.5 m at 1 s, 8 m at 10 s and 23 m at 30 s).
    /// </summary>
    public float DetourMps { get; init; } = 0.8f;

    /// <summary>A fix that is nearer to the last one used than this many sigmas says nothing of the way (Newson and Krumm: 2).</summary>
    public float StepSigmas { get; init; } = 2;

    /// <summary>Log odds against driving a one-way street the wrong way.</summary>
    public float WrongWayCost { get; init; } = 5;

    /// <summary>Log odds against turning round within a street: several fixes must say so.</summary>
    public float TurnRoundCost { get; init; } = 15;

    /// <summary>Two fixes farther apart are not connected, seconds.</summary>
    public float LongestGapSeconds { get; init; } = 60;

    /// <summary>Fixes that may wait for a decision; the likeliest way is taken then.</summary>
    public int MostWaiting { get; init; } = 64;
}
