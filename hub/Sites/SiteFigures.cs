namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>How many observations and sites there are.</summary>
public sealed record SiteFigures
{
    public long Observations { get; init; }

    /// <summary>Lamp observations that match no pole of the inventory.</summary>
    public long WithoutPole { get; init; }

    public long Lamps { get; init; }

    public long LampsSupported { get; init; }

    public long Potholes { get; init; }

    public long PotholesSupported { get; init; }
}
