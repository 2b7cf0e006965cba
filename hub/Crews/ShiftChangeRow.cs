namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>One change of a shift as stored.</summary>
public sealed class ShiftChangeRow
{
    public string Vehicle { get; init; } = "";

    public string Epoch { get; init; } = "";

    public long Seq { get; init; }

    public long WorkMs { get; init; }

    public string Shift { get; init; } = "";

    public string Crew { get; init; } = "";

    public string State { get; init; } = "";

    /// <summary>JSON array of pseudonyms.</summary>
    public string Members { get; init; } = "[]";

    /// <summary>The hub ended the shift because nobody signed it off.</summary>
    public bool ByRule => Epoch == RuleEpoch;

    public const string RuleEpoch = "hub";

    /// <summary>Stands for the vehicle of a crew that works without one that the hub knows. No vehicle can have such an id.</summary>
    public const string NoVehicle = "@radio";
}
