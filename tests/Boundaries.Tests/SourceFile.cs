using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Boundaries.Tests;

/// <summary>One C# file.</summary>
/// <param name="Path">From the root, with slashes.</param>
/// <param name="Text">As it stands.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>The text without comments. A string that holds two slashes loses its end, which no rule here looks at.</summary>
    public string Code { get; } = LineComment().Replace(BlockComment().Replace(Text, " "), "");

    /// <summary>The folder right below <paramref name="parent"/>; null for a file of another place or of the parent itself.</summary>
    public string? RoomBelow(string parent)
    {
        if (!Path.StartsWith(parent + "/", StringComparison.Ordinal)) return null;
        var rest = Path[(parent.Length + 1)..];
        var at = rest.IndexOf('/', StringComparison.Ordinal);
        return at < 0 ? null : rest[..at];
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex BlockComment();

    [GeneratedRegex(@"(?<!:)//.*$", RegexOptions.Multiline)]
    private static partial Regex LineComment();
}
