namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>Names of streets as people write them: "Mass Ave", "massachusetts avenue", "Mount Auburn Street". Pure.</summary>
internal static class StreetWords
{
    /// <summary>What follows the name on a sign and is often left out.</summary>
    private static readonly HashSet<string> Types =
        ["st", "ave", "rd", "sq", "pl", "blvd", "dr", "ct", "ln", "ter", "pkwy", "hwy", "cir", "aly", "pk", "cres", "expy", "rte", "tpke"];

    // The same word in its usual ways, as it stands on signs first. "Saint" and "street" are the same letters on a sign.
    private static readonly Dictionary<string, string[]> Same = new string[][]
    {
        ["st", "street", "saint"], ["ave", "avenue", "av"], ["rd", "road"], ["sq", "square"], ["pl", "place"], ["blvd", "boulevard"], ["dr", "drive"],
        ["ct", "court"], ["ln", "lane"], ["ter", "terrace"], ["pkwy", "parkway"], ["hwy", "highway"], ["mt", "mount"], ["ft", "fort"], ["cir", "circle"],
        ["aly", "alley"], ["pk", "park"], ["brg", "bridge"], ["ctr", "center", "centre"], ["cres", "crescent"], ["expy", "expressway"], ["rte", "route"],
        ["tpke", "turnpike", "tpk"], ["n", "north"], ["s", "south"], ["e", "east"], ["w", "west"], ["ne", "northeast"], ["nw", "northwest"], ["se", "southeast"],
        ["sw", "southwest"], ["1st", "first"], ["2nd", "second"], ["3rd", "third"], ["4th", "fourth"], ["5th", "fifth"], ["6th", "sixth"],
        ["7th", "seventh"], ["8th", "eighth"], ["9th", "ninth"], ["10th", "tenth"],
    }.SelectMany(group => group.Select(word => (word, group))).ToDictionary(g => g.word, g => g.group);

    public static bool IsType(string word) => Types.Contains(word);

    /// <summary>All its usual ways; itself when there is one.</summary>
    public static IReadOnlyList<string> WaysToWrite(string word) => Same.GetValueOrDefault(word, [word]);

    /// <summary>Words without case, accents and stops, each in one way to write it.</summary>
    public static string[] Of(string text) => [.. PlainWords.Of(text).Select(w => WaysToWrite(w)[0])];

    /// <summary>True when a word has been begun, in any way to write it.</summary>
    public static bool Begins(string word, string typed)
    {
        foreach (var way in WaysToWrite(word))
        {
            if (way.StartsWith(typed, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>True when one letter was left out, added, changed, or changed places with its neighbour.</summary>
    public static bool IsSlip(string word, string typed)
    {
        if (word.Length < 4 || typed.Length < 4 || Math.Abs(word.Length - typed.Length) > 1) return false;
        var same = 0;
        while (same < word.Length && same < typed.Length && word[same] == typed[same]) same++;
        var w = word.AsSpan(same);
        var t = typed.AsSpan(same);
        if (w.Length > t.Length) return w[1..].SequenceEqual(t);
        if (t.Length > w.Length) return t[1..].SequenceEqual(w);
        return w.Length > 0 && (w[1..].SequenceEqual(t[1..]) || (w.Length > 1 && w[0] == t[1] && w[1] == t[0] && w[2..].SequenceEqual(t[2..])));
    }
}
