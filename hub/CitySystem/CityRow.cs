using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A request as the city's server tells it.</summary>
public sealed record CityRow
{
    /// <summary>The city's id; null for a row that has none yet.</summary>
    public string? Id { get; init; }

    /// <summary>Of a request that the city has taken and not yet given an id.</summary>
    public string? Token { get; init; }

    public string? ServiceCode { get; init; }

    public string? ServiceName { get; init; }

    /// <summary>In lower case: <c>open</c> or <c>closed</c>, or the city's own word.</summary>
    public string? Status { get; init; }

    public string? StatusNotes { get; init; }

    public string? Description { get; init; }

    public string? Agency { get; init; }

    public string? Address { get; init; }

    public DateTimeOffset? RequestedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Null when it has none or an impossible one.</summary>
    public GeoPoint? At { get; init; }

    public IReadOnlyList<string> Media { get; init; } = [];

    /// <summary>Every text of the row at any depth: a marker may come back in an attribute, a note or an extension.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>True unless the city says in some way that it is over.</summary>
    public bool IsOpen => Status is not ("closed" or "fixed" or "cancelled" or "canceled" or "duplicate" or "resolved" or "completed" or "archived");

    /// <summary>Cities write text in capitals, so case doesn't matter.</summary>
    public bool Mentions(string marker) => Texts.Any(t => t.Contains(marker, StringComparison.OrdinalIgnoreCase));
}
