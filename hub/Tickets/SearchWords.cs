using System.Globalization;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// The words under which a request is found: of its addresses, its title, its pole and its number, each also in the other ways to
/// write it. Whatever finds them compares whole words and beginnings of words, so the same in every database. Pure.
/// </summary>
internal static class SearchWords
{
    /// <summary>No word is longer: the rest of it is not looked at.</summary>
    public const int Longest = 40;

    private const int Most = 80;
    private const int NumberDigits = 6;
    private const int YearsApart = 8;
    private const int SecondBits = 31;
    private const int YearBits = 28;

    /// <summary>Each once, with a space between.</summary>
    public static string Of(Ticket t)
    {
        var words = new HashSet<string>(StringComparer.Ordinal) { State(t.Status), State(t.Service), Numbered(t.Number) };
        foreach (var word in PlainWords.Of(t.Address).Concat(PlainWords.Of(t.ReportedAddress)))
        {
            words.UnionWith(StreetWords.WaysToWrite(word));
            // Flat A of number 45 is in 45.
            if (char.IsAsciiDigit(word[0]) && word.Length > 1 && char.IsAsciiLetter(word[^1])) words.Add(word.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]));
        }

        foreach (var word in PlainWords.Of(t.Title).Concat(PlainWords.Of(t.Pole))) words.Add(word);
        return string.Join(' ', words.Take(Most).Select(w => w.Length > Longest ? w[..Longest] : w));
    }

    /// <summary>Where a request stands among all, in the order of their opening: what is found is listed by it, the newest first.</summary>
    /// <param name="openedMs">When it was opened, Unix milliseconds.</param>
    /// <param name="number">Decides within a second.</param>
    public static long Seek(long openedMs, string number)
    {
        var (year, n) = Parts(number);
        return (openedMs / 1_000 << SecondBits) | ((year % YearsApart) << YearBits) | (n & ((1L << YearBits) - 1));
    }

    /// <summary>A status or the code of a service as a word that nobody types.</summary>
    public static string State(string code) => "=" + string.Concat(code.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : '_'));

    /// <summary>The end of a number as a word that nobody types.</summary>
    public static string Numbered(string number) => "#" + Parts(number).N.ToString(CultureInfo.InvariantCulture).PadLeft(NumberDigits, '0');

    // SR-26-000123: 26 and 123. A number of another kind counts as some number.
    private static (long Year, long N) Parts(string number)
    {
        var parts = number.Split('-');
        return parts.Length == 3 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? (year, n)
            : (0, number.Aggregate(17L, (sum, c) => unchecked(sum * 31 + c)) & long.MaxValue);
    }
}
