namespace ThreeOneOne.Field.Fleet.Planting;

/// <summary>How much is planted along the fleet's streets.</summary>
public sealed record PlantingOptions
{
    public int Seed { get; init; } = 311;

    /// <summary>Street lights put out, where so many stand apart enough.</summary>
    public int DeadLamps { get; init; } = 24;

    /// <summary>Potholes, of them <see cref="Repairs"/> that somebody else fills.</summary>
    public int Potholes { get; init; } = 20;

    public int Repairs { get; init; } = 4;

    /// <summary>When the repairs by others are made, world time.</summary>
    public DateTimeOffset RepairsAt { get; init; } = DateTimeOffset.MaxValue;
}
