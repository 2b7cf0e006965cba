using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>Text as it may go out.</summary>
internal static partial class CleanText
{
    private const char Unknown = '\uFFFD';

    /// <summary>Line ends as XML reads them, and no character that XML cannot hold: JSON could, but both are to say the same.</summary>
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                if (i + 1 == text.Length || text[i + 1] != '\n') clean.Append('\n');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(c) ? c : Unknown);
            }
        }

        return clean.ToString();
    }

    /// <summary>
    /// What a resident wrote, for everybody: what looks like an e-mail address or a telephone number is left out, because
    /// people put them where no field asks for them.
    /// </summary>
    public static string? Public(string? text) =>
        text is null ? null : Phone().Replace(Email().Replace(text, "[e-mail address]"), "[telephone number]");

    [GeneratedRegex(@"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.None, 1_000)]
    private static partial Regex Email();

    // Nine digits or more with what people put between them, or seven as 555-0100; dates and house numbers are shorter.
    [GeneratedRegex(@"(?<![\w.])\+?\(?\d(?:[ ()./-]{0,3}\d){8,14}(?!\w)|(?<![\w.-])\d{3}[ .-]\d{4}(?![\w-])", RegexOptions.None, 1_000)]
    private static partial Regex Phone();
}
