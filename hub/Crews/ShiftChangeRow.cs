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
}
