namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>How a request ended: one of a controlled list.</summary>
/// <param name="Code">Stable code, such as <c>repaired</c>.</param>
/// <param name="Title">On screens.</param>
/// <param name="Wording">What residents read.</param>
/// <param name="Closes">False when something remains to be done.</param>
public sealed record Resolution(string Code, string Title, string Wording, bool Closes)
{
    /// <summary>The title in other languages.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();
}
