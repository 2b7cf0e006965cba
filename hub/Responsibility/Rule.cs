namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>One rule: conditions, all of which must hold, and who answers then. A condition that is absent always holds.</summary>
public sealed record Rule
{
    /// <summary>Service codes.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>Owners of the asset, as the inventory writes them.</summary>
    public IReadOnlyList<string>? Owners { get; init; }

    /// <summary>True: it is about an asset whose owner the inventory does not say, or about none although its service is about assets.</summary>
    public bool OwnerUnknown { get; init; }

    /// <summary>Words, one of which is written on the structure in the street.</summary>
    public IReadOnlyList<string>? Structures { get; init; }

    /// <summary>Names of streets, as on signs.</summary>
    public IReadOnlyList<string>? Streets { get; init; }

    /// <summary>The city's ids of segments.</summary>
    public IReadOnlyList<string>? Segments { get; init; }

    /// <summary>Ids of districts.</summary>
    public IReadOnlyList<string>? Districts { get; init; }

    /// <summary>Id of the party that answers; null with <see cref="Outcome"/> private or triage.</summary>
    public string? Party { get; init; }

    /// <summary><c>private</c> or <c>triage</c>, where no party answers.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Because { get; init; }

    public bool IsCatchAll => this is { Services: null, Owners: null, OwnerUnknown: false, Structures: null, Streets: null, Segments: null, Districts: null };

    public bool Holds(Facts f) =>
        Has(Services, f.Service)
        && Has(Owners, f.AssetOwner)
        && (!OwnerUnknown || string.IsNullOrWhiteSpace(f.AssetOwner))
        && HasWord(Structures, f.Structure) && Has(Streets, f.Street) && Has(Segments, f.Segment) && Has(Districts, f.District);

    // "CAMBRIDGE WATER" is a water structure, "WATERTOWN" is not.
    private static bool HasWord(IReadOnlyList<string>? words, string? text) =>
        words is null || (text is not null && text.Split([' ', '-', '/', '.', ','], StringSplitOptions.RemoveEmptyEntries).Intersect(words, StringComparer.OrdinalIgnoreCase).Any());

    private static bool Has(IReadOnlyList<string>? allowed, string? value) =>
        allowed is null || (value is not null && allowed.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase));
}
