namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>Who in the city answers for a request.</summary>
public sealed record Department(string Code, string Title)
{
    /// <summary>The title in other languages.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();
}
