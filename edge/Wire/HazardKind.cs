namespace ThreeOneOne.Field.Wire;

/// <summary>What a danger at a place may be. A fixed list: each has its own sign and its own words on every screen.</summary>
public static class HazardKind
{
    public const string WireDown = "wire-down";
    public const string Gas = "gas";
    public const string Sinkhole = "sinkhole";
    public const string Flooding = "flooding";
    public const string Ice = "ice";
    public const string TreeDown = "tree-down";
    public const string Debris = "debris";
    public const string Dog = "dog";
    public const string Sharps = "sharps";

    /// <summary>Construction: vehicles do not assess the road there.</summary>
    public const string WorkZone = "work-zone";

    /// <summary>A trench under plates: vehicles do not assess the road there.</summary>
    public const string SteelPlates = "steel-plates";

    public static readonly IReadOnlyList<string> All = [WireDown, Gas, Sinkhole, Flooding, Ice, TreeDown, Debris, Dog, Sharps, WorkZone, SteelPlates];
}
