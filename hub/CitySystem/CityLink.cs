namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A request of ours and the same one at the city.</summary>
public sealed record CityLink
{
    public required string Request { get; init; }

    /// <summary>The city's id; null until it has given one.</summary>
    public string? Remote { get; init; }

    /// <summary><c>push</c>, <c>pull</c> or <c>person</c>: how it became known.</summary>
    public string? Origin { get; init; }

    /// <summary>Our newest stage that the city was told, or that its own change led to.</summary>
    public string? Told { get; init; }

    public string? RemoteStatus { get; init; }

    public string? RemoteNotes { get; init; }

    public DateTimeOffset? RemoteUpdatedAt { get; init; }

    /// <summary>Our change time after the city's newest change was taken over: that change is no news for the city.</summary>
    public DateTimeOffset? AppliedAt { get; init; }
}
