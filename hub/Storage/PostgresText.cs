using System.Text;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Text as PostgreSQL takes it: without the character 0 and without halves of characters, which SQLite both keeps.</summary>
internal static class PostgresText
{
    private const char Replacement = '\uFFFD';

    /// <returns>The same text where nothing is wrong with it.</returns>
    public static string Clean(string text)
    {
        if (!text.Contains('\0') && (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 || IsWhole(text))) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        return clean.ToString();
    }

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
