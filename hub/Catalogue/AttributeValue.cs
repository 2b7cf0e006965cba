namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>One choice of a list.</summary>
public sealed record AttributeValue(string Key, string Name)
{
    /// <summary>The name in other languages.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();
}
