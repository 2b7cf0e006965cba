using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>The opaque text by which a push is known again: says nothing to anybody, and stands in no other text.</summary>
public static partial class Marker
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int Length = 16;

    public static string New() => "fm-" + RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>The marker in a row; null when it has none.</summary>
    public static string? In(CityRow row) =>
        row.Texts.Select(t => Shape().Match(t)).Where(m => m.Success).Select(m => m.Value.ToLowerInvariant()).FirstOrDefault();

    /// <summary>A description with the marker at its end, cut so that the city keeps all of it.</summary>
    public static string Append(string description, string marker, int most)
    {
        var tail = $" [ref {marker}]";
        return (description.Length + tail.Length <= most ? description : description[..(most - tail.Length)].TrimEnd()) + tail;
    }

    [GeneratedRegex("fm-[a-km-np-z2-9]{16}", RegexOptions.IgnoreCase)]
    private static partial Regex Shape();
}
