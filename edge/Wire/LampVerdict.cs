namespace ThreeOneOne.Field.Wire;

/// <summary>What a pass at night concluded about one street light.</summary>
public enum LampVerdict
{
    Unknown = 0,

    /// <summary>The light's own peak was there.</summary>
    Lit,

    /// <summary>The light should have shown a peak here, and did not.</summary>
    Dark,

    /// <summary>The pass cannot tell: a neighbour's light covers it, too fast, too far, bad fix.</summary>
    Unclear,
}
