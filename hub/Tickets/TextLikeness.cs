using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>How alike what two people wrote is. Pure.</summary>
public static class TextLikeness
{
    private const int Gram = 3;
    private const int ZipDigits = 5;

    private static readonly HashSet<string> Empty =
        ["a", "an", "and", "are", "at", "by", "for", "has", "have", "here", "in", "is", "it", "of", "on", "please", "that", "the", "there", "this", "to", "was", "with"];

    private static readonly Dictionary<string, string> Short = new()
    {
        ["street"] = "st", ["avenue"] = "ave", ["av"] = "ave", ["road"] = "rd", ["square"] = "sq", ["place"] = "pl", ["boulevard"] = "blvd", ["drive"] = "dr",
        ["court"] = "ct", ["lane"] = "ln", ["terrace"] = "ter", ["parkway"] = "pkwy", ["highway"] = "hwy", ["saint"] = "st",
    };

    /// <summary>Likeness from 0 to 1: shared runs of three letters (Dice), which misspelling hardly changes; null when one says nothing.</summary>
    public static double? Of(string? a, string? b)
    {
        var (left, right) = (Grams(a), Grams(b));
        return left.Count == 0 || right.Count == 0 ? null : 2.0 * left.Intersect(right).Count() / (left.Count + right.Count);
    }

    /// <summary>Whether two addresses are the same place; null when one is missing. "123 Main Street" is "121-125 Main St, Cambridge".</summary>
    public static bool? SameAddress(string? a, string? b)
    {
        var (left, right) = (Address(a), Address(b));
        if (left.Words.Count == 0 || right.Words.Count == 0) return null;
        if (left.Numbers is { } x && right.Numbers is { } y)
        {
            if (x.To < y.From || y.To < x.From) return false;
        }
        else if (left.Numbers is not null || right.Numbers is not null)
        {
            return false;
        }

        // One of them may go on with the city's name.
        var (fewer, more) = left.Words.Count <= right.Words.Count ? (left.Words, right.Words) : (right.Words, left.Words);
        return fewer.SequenceEqual(more.Take(fewer.Count)) && (fewer.Count > 1 || fewer.Count == more.Count);
    }

    private static HashSet<string> Grams(string? text)
    {
        var joined = string.Join(' ', PlainWords.Of(text).Where(w => !Empty.Contains(w)));
        var grams = new HashSet<string>();
        for (var i = 0; i + Gram <= joined.Length; i++) grams.Add(joined.Substring(i, Gram));
        if (grams.Count == 0 && joined.Length > 0) grams.Add(joined);
        return grams;
    }

    private static ((int From, int To)? Numbers, List<string> Words) Address(string? text)
    {
        var words = PlainWords.Of(text).Select(w => Short.GetValueOrDefault(w, w)).ToList();
        if (words.Count > 0 && words[^1].Length == ZipDigits && words[^1].All(char.IsAsciiDigit)) words.RemoveAt(words.Count - 1);
        var numbers = words.TakeWhile(w => w.Length <= ZipDigits && w.All(char.IsAsciiDigit)).Take(2).Select(w => int.Parse(w, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return numbers.Count == 0 ? (null, words) : ((numbers.Min(), numbers.Max()), words[numbers.Count..]);
    }
}
