namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>What a further run on the same data must know of those before it.</summary>
public sealed record DemoHistory
{
    /// <summary>Runs so far. Each drives its own drives: the same noise twice would count as two witnesses.</summary>
    public int Runs { get; init; }

    /// <summary>Until when the day and the night have been simulated.</summary>
    public DateTimeOffset? Day { get; init; }

    public DateTimeOffset? Night { get; init; }

    /// <summary>Poles that crews have relit, and since when.</summary>
    public Dictionary<string, DateTimeOffset> Relit { get; init; } = [];

    /// <summary>Numbers of planted potholes that were filled, and since when.</summary>
    public Dictionary<int, DateTimeOffset> Filled { get; init; } = [];
}
