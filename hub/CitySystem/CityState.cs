namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>How the exchange with the city stands.</summary>
public sealed record CityState
{
    /// <summary>Everything at the city up to then is here, Unix milliseconds.</summary>
    public long? PulledToMs { get; init; }

    public long? LastPullMs { get; init; }

    public long? LastPushMs { get; init; }

    /// <summary>Why the newest pull failed.</summary>
    public string? Fault { get; init; }

    public long Fence { get; init; }

    public long? LeaseUntilMs { get; init; }

    public long DueMs { get; init; }
}
