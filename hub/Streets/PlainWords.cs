using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>What people wrote, as words that can be compared: small letters and digits, without accents, stops and apostrophes. Pure.</summary>
internal static class PlainWords
{
    // A letter and the accented ones that count as it. A table of our own: what the system knows of letters is not on every machine.
    private static readonly string[] Accented =
    [
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇ", "cçćĉċčḉ", "dďḋḍḏḑḓđ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "fḟ", "gĝğġģǧǵḡ", "hĥȟḣḥḧḩḫẖħ",
        "iìíîïĩīĭįǐȉȋḭḯỉịı", "jĵǰ", "kķǩḱḳḵ", "lĺļľḷḹḻḽł", "mḿṁṃ", "nñńņňǹṅṇṉṋ", "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợø", "pṕṗ", "rŕŗřȑȓṙṛṝṟ",
        "sśŝşšșṡṣṥṧṩ", "tţťțṫṭṯṱẗŧ", "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹ", "zźżžẑẓẕ",
    ];

    private static readonly FrozenDictionary<char, char> Plain = Accented.SelectMany(g => g.Skip(1).Select(c => (Accented: c, Plain: g[0]))).ToFrozenDictionary(p => p.Accented, p => p.Plain);

    public static List<string> Of(string? text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text ?? "")
        {
            if (char.IsAsciiLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
            else if (char.IsLetterOrDigit(c)) Append(word, char.ToLowerInvariant(c));
            else if (c is not ('\'' or '’' or '.') && word.Length > 0 && !IsAccent(c)) End(word, words);
        }

        if (word.Length > 0) End(word, words);
        return words;
    }

    // Of a letter before it: some machines write them apart.
    private static bool IsAccent(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static void Append(StringBuilder word, char c) => _ = c switch
    {
        'ß' => word.Append("ss"),
        'æ' => word.Append("ae"),
        'œ' => word.Append("oe"),
        _ => word.Append(Plain.GetValueOrDefault(c, c)),
    };

    private static void End(StringBuilder word, List<string> words)
    {
        words.Add(word.ToString());
        word.Clear();
    }
}
