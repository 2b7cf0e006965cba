namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>What a push tells the city, without key, marker and form.</summary>
public sealed record PushBody
{
    /// <summary>Our code of the service.</summary>
    public required string Service { get; init; }

    /// <summary>The city's code of it; null as long as the settings name none.</summary>
    public string? ServiceCode { get; init; }

    public required double Lat { get; init; }

    public required double Lon { get; init; }

    public string? Address { get; init; }

    public required string Description { get; init; }

    /// <summary>The city's attributes by code.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Of an update: our stage, which becomes the city's word when it is sent.</summary>
    public string? Stage { get; init; }

    /// <summary>Of an update: its id, the same at every attempt.</summary>
    public string? UpdateId { get; init; }

    /// <summary>Of an update: when it happened.</summary>
    public DateTimeOffset? At { get; init; }
}
