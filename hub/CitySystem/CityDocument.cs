using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// A city's answer as a tree. What it is written in is seen from its first character: cities answer XML as text/html and JSON
/// as text/plain. Never throws on what a city sent.
/// </summary>
public sealed partial class CityDocument
{
    private const int Deepest = 32;

    private CityDocument(CityNode? root, string? fault, string format) => (Root, Fault, Format) = (root, fault, format);

    /// <summary>Null when there is nothing or it cannot be read.</summary>
    public CityNode? Root { get; }

    /// <summary>Why it cannot be read; null when it can, or when it is empty.</summary>
    public string? Fault { get; }

    /// <summary><c>xml</c>, <c>json</c>, <c>html</c>, <c>empty</c> or <c>unknown</c>.</summary>
    public string Format { get; }

    public static CityDocument Read(ReadOnlySpan<byte> bytes, string? contentType)
    {
        var text = Decode(bytes, contentType).Trim('\uFEFF', ' ', '\t', '\r', '\n', '\0');
        if (text.Length == 0) return new CityDocument(null, null, "empty");
        try
        {
            return text[0] switch
            {
                '<' when Html().IsMatch(text) => new CityDocument(null, "a web page instead of an answer", "html"),
                '<' => new CityDocument(FromXml(text), null, "xml"),
                '{' or '[' => new CityDocument(FromJson(text), null, "json"),
                _ => new CityDocument(null, "neither XML nor JSON: " + text[..Math.Min(text.Length, 200)], "unknown"),
            };
        }
        catch (Exception e) when (e is XmlException or JsonException)
        {
            return new CityDocument(null, $"broken {(text[0] == '<' ? "XML" : "JSON")}: {e.Message}", text[0] == '<' ? "xml" : "json");
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 200)]);
        var name = Charset().Match(contentType ?? "") is { Success: true } inType ? inType.Groups[1].Value
            : XmlEncoding().Match(head) is { Success: true } inXml ? inXml.Groups[1].Value : "utf-8";
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (name.Equals("utf-16", StringComparison.OrdinalIgnoreCase)) return Encoding.Unicode.GetString(bytes);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Whatever it says of itself: what is no UTF-8 is Latin-1 wherever it was seen.
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static CityNode FromXml(string text)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CheckCharacters = false,
        };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        reader.MoveToContent();
        return Element(reader, 0);
    }

    private static CityNode Element(XmlReader reader, int depth)
    {
        if (depth > Deepest) throw new XmlException("too deep");
        var name = Name(reader.LocalName);
        if (reader.IsEmptyElement) return new CityNode(name, null, []);
        var children = new List<CityNode>();
        var text = new StringBuilder();
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element) children.Add(Element(reader, depth + 1));
            else if (reader.HasValue) text.Append(reader.Value);
        }

        return new CityNode(name, children.Count == 0 ? Text(text.ToString()) : null, children);
    }

    private static CityNode FromJson(string text)
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = Deepest };
        try
        {
            using var json = JsonDocument.Parse(text, options);
            return Value("", json.RootElement);
        }
        catch (JsonException) when (LeadingZero().IsMatch(text))
        {
            // The specification's own examples have codes such as 001 without quotes.
            using var json = JsonDocument.Parse(LeadingZero().Replace(text, m => m.Groups["number"].Success ? $"\"{m.Value}\"" : m.Value), options);
            return Value("", json.RootElement);
        }
    }

    private static CityNode Value(string name, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new CityNode(Name(name), null, [.. json.EnumerateObject().Select(p => Value(Printable(() => p.Name), p.Value))]),
        JsonValueKind.Array => new CityNode(Name(name), null, [.. json.EnumerateArray().Select(i => Value("", i))], IsArray: true),
        JsonValueKind.String => new CityNode(Name(name), Text(Printable(() => json.GetString()!)), []),
        JsonValueKind.Null => new CityNode(Name(name), null, []),
        _ => new CityNode(Name(name), json.GetRawText(), []),
    };

    // A half of a surrogate pair is valid JSON and no text.
    private static string Printable(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static string Name(string name) => name.ToLowerInvariant().Replace('-', '_');

    private static string? Text(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    [GeneratedRegex("""charset\s*=\s*"?([\w-]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();

    [GeneratedRegex("""^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex XmlEncoding();

    [GeneratedRegex(@"^(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Html();

    // Strings are stepped over, so that only bare numbers are found.
    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|(?<number>(?<=[\s:\[,])0\d+(?=[\s,\]}]))
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex LeadingZero();
}
