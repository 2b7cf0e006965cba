namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>How the exchange with the city's 311 system stands.</summary>
public sealed record CityHealth
{
    public required string Name { get; init; }

    /// <summary>Empty: there is no exchange.</summary>
    public required string Url { get; init; }

    public DateTimeOffset? LastPushAt { get; init; }

    /// <summary>Newest pull that succeeded.</summary>
    public DateTimeOffset? LastPullAt { get; init; }

    /// <summary>Everything at the city up to then is here.</summary>
    public DateTimeOffset? PulledTo { get; init; }

    /// <summary>Age of <see cref="PulledTo"/>.</summary>
    public double? LagSeconds { get; init; }

    /// <summary>Why the newest pull failed.</summary>
    public string? Fault { get; init; }

    /// <summary>The city asked not to be called until then.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Pushes by state.</summary>
    public required IReadOnlyDictionary<string, long> Pushes { get; init; }

    /// <summary>Pushes that wait for a person's word.</summary>
    public long Unknown { get; init; }

    public long Failed { get; init; }

    /// <summary>Pushes that the city has twice.</summary>
    public long Doubled { get; init; }

    /// <summary>Rows of the city that cannot be taken over yet.</summary>
    public long Held { get; init; }

    /// <summary>The city has shown to give our markers back.</summary>
    public bool KeepsMarkers { get; init; }

    /// <summary>The city has shown to give our coordinates back.</summary>
    public bool KeepsPlaces { get; init; }
}
