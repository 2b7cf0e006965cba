namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>What is known of a request when it is asked who answers for it.</summary>
public sealed record Facts
{
    public required string Service { get; init; }

    /// <summary>The asset that it is about; null when it names none.</summary>
    public string? Asset { get; init; }

    /// <summary>The asset's owner as the inventory writes it; null when the inventory does not say.</summary>
    public string? AssetOwner { get; init; }

    /// <summary>What is written on the structure in the street, such as "WATER"; null when nobody said.</summary>
    public string? Structure { get; init; }

    /// <summary>Name of the nearest street; null when none is near.</summary>
    public string? Street { get; init; }

    /// <summary>The city's id of the nearest segment.</summary>
    public string? Segment { get; init; }

    /// <summary>Id of the district that it lies in.</summary>
    public string? District { get; init; }
}
