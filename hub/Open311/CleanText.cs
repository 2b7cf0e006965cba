using System.Text;
using System.Xml;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>Text as it may go out.</summary>
internal static class CleanText
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
}
