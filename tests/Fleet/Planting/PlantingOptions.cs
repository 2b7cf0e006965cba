namespace ThreeOneOne.Field.Fleet.Planting;

/// <summary>How much is planted along the fleet's streets.</summary>
public sealed record PlantingOptions
{
    private const int FewLoops = 4;

    public int Seed { get; init; } = 311;

    /// <summary>Street lights put out, where so many stand apart enough.</summary>
    public int DeadLamps { get; init; } = 24;

    /// <summary>Potholes, of them <see cref="Repairs"/> that somebody else fills.</summary>
    public int Potholes { get; init; } = 20;

    public int Repairs { get; init; } = 4;

    /// <summary>Numbers of the loops in which somebody else fills holes; empty: any.</summary>
    public IReadOnlyList<int> RepairLoops { get; init; } = [];

    /// <summary>So much for a few districts; a larger fleet finds two more of each in every further one.</summary>
    public PlantingOptions For(int loops) => this with
    {
        DeadLamps = DeadLamps + 2 * Math.Max(0, loops - FewLoops), Potholes = Potholes + 2 * Math.Max(0, loops - FewLoops),
        // In a single district most holes must stay for the fleet's own crews.
        Repairs = Math.Min(Repairs, loops + 1),
    };

    /// <summary>Until then the lights burn that are put out, world time.</summary>
    public DateTimeOffset LampsOutFrom { get; init; }

    /// <summary>When the repairs by others are made, world time.</summary>
    public DateTimeOffset RepairsAt { get; init; } = DateTimeOffset.MaxValue;
}
