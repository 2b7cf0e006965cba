namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What one observation says about a site.</summary>
/// <param name="Observation">The observation.</param>
/// <param name="Weight">Log-odds it adds: above 0 for the defect, below 0 against it, 0 when it can't tell.</param>
/// <param name="Counted">False when another observation speaks for its pass, or a crew was there since.</param>
public sealed record Vote(Observation Observation, double Weight, bool Counted);
