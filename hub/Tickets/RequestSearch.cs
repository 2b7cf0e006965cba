using System.Text.RegularExpressions;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// What somebody typed to find requests by: every word must be there, a word of letters and the last word at least as a beginning.
/// "12 mt aub" finds 12 Mount Auburn Street, and not number 120. Pure.
/// </summary>
internal sealed partial class RequestSearch
{
    private const int MostWords = 12;

    private readonly List<string> words;

    private RequestSearch(string? number, List<string> words) => (Number, this.words) = (number, words);

    /// <summary>The beginning of a number, "SR-26-0001", when that is what was typed.</summary>
    public string? Number { get; }

    /// <summary>Nothing to look for was typed, so nothing is found.</summary>
    public bool IsEmpty => Number is null && words.Count == 0;

    /// <returns>Null when nothing was typed.</returns>
    public static RequestSearch? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (NumberPattern().Match(text.Trim()) is { Success: true } number)
            return new RequestSearch($"SR-{number.Groups["year"].Value}-{number.Groups["n"].Value}", []);
        return new RequestSearch(null, [.. PlainWords.Of(text).Take(MostWords).Select(w => w.Length > SearchWords.Longest ? w[..SearchWords.Longest] : w)]);
    }

    /// <summary>The words in the language of the database's index.</summary>
    /// <param name="kind">Which database.</param>
    /// <param name="states">What else must be there, as <see cref="SearchWords.State"/> has it.</param>
    public string Expression(StorageKind kind, IEnumerable<string> states)
    {
        var terms = words.Select((w, i) => Term(kind, w, i == words.Count - 1)).Concat(states.Select(s => Word(kind, s, false)));
        return string.Join(kind == StorageKind.Postgres ? " & " : " AND ", terms);
    }

    private static string Term(StorageKind kind, string word, bool isLast)
    {
        var isNumber = word.All(char.IsAsciiDigit);
        var term = Word(kind, word, isLast || !isNumber);
        return !isNumber || word.Length > 9 ? term
            : $"({term} {(kind == StorageKind.Postgres ? "|" : "OR")} {Word(kind, SearchWords.Numbered("SR-0-" + word), false)})";
    }

    // Words hold nothing that would have to be escaped.
    private static string Word(StorageKind kind, string word, bool isPrefix) =>
        kind == StorageKind.Postgres ? $"'{word}'{(isPrefix ? ":*" : "")}" : $"\"{word}\"{(isPrefix ? "*" : "")}";

    [GeneratedRegex(@"^SR[-\s]*(?<year>\d\d)[-\s]*(?<n>\d*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
