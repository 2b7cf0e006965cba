namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// One element of a city's answer, whatever it was written in: an XML element or a JSON value. Names are in lower case with
/// underscores, without namespaces; empty texts are null.
/// </summary>
/// <param name="Name">Name of the element or property; empty for the items of a JSON array.</param>
/// <param name="Text">Text of a leaf.</param>
/// <param name="Children">What is in it.</param>
/// <param name="IsArray">Written as a JSON array.</param>
public sealed record CityNode(string Name, string? Text, IReadOnlyList<CityNode> Children, bool IsArray = false)
{
    // What an object stands for where the specification has a text: agency_responsible, media_url.
    private static readonly string[] Naming = ["name", "title", "value", "url", "media_url", "label", "description"];

    public CityNode? Child(string name) => Children.FirstOrDefault(c => c.Name == name);

    /// <summary>The text of the first child of these names that has one; of an object, the text that names it.</summary>
    public string? TextOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var child in Children)
            {
                if (child.Name == name && child.Naked() is { } text) return text;
            }
        }

        return null;
    }

    /// <summary>The texts of a child that may be one, many, or objects with an address.</summary>
    public IReadOnlyList<string> TextsOf(string name) =>
        [.. Children.Where(c => c.Name == name)
            .SelectMany(c => c.IsArray || (c.Text is null && c.Children.All(g => g.Name == name)) ? c.Children : [c])
            .Select(c => c.TextOf("url", "media_url") ?? c.Naked()).OfType<string>()];

    /// <summary>Every text in it, at any depth.</summary>
    public IEnumerable<string> Texts() => Text is not null ? [Text] : Children.SelectMany(c => c.Texts());

    private string? Naked()
    {
        if (Text is not null || Children.Count == 0) return Text;
        foreach (var name in Naming)
        {
            if (Child(name)?.Text is { } text) return text;
        }

        return Children.Select(c => c.Text).FirstOrDefault(t => t is not null);
    }
}
