namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>Something that work may wait for.</summary>
/// <param name="Code">Stable code, such as <c>parts</c>.</param>
/// <param name="Title">On screens.</param>
/// <param name="Wording">What residents read; no name of a person, crew or vehicle.</param>
public sealed record PauseReason(string Code, string Title, string Wording)
{
    /// <summary>The title in other languages.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();
}
