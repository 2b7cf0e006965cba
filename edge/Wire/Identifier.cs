using System.Diagnostics.CodeAnalysis;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// The rule for jurisdiction and vehicle ids: one to 32 of <c>a-z 0-9 -</c>. Nothing in it has a meaning in an
/// MQTT topic, a broker rule, a file name, a certificate name or SQL.
/// </summary>
public static class Identifier
{
    public const int MaxLength = 32;

    public const string Rule = "1 to 32 characters of a-z, 0-9 and -";

    public static bool IsValid([NotNullWhen(true)] string? text)
    {
        if (text is null || text.Length is 0 or > MaxLength) return false;
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')) return false;
        }

        return true;
    }

    /// <exception cref="ArgumentException">The text breaks <see cref="Rule"/>.</exception>
    public static string Require(string? text, string what) =>
        IsValid(text) ? text : throw new ArgumentException($"{what} '{text}' is not {Rule}");
}
