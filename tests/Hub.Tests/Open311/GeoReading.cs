using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>Reads answers strictly, and brings XML and JSON to one form to compare them by.</summary>
internal static class GeoReading
{
    private static readonly string[] Lists =
        ["services", "attributes", "values", "service_requests", "service_request_updates", "errors", "endpoints", "formats", "notes"];

    private static readonly string[] Numbers = ["lat", "long", "order", "passes_for", "passes_against"];
    private static readonly string[] Flags = ["metadata", "variable", "required"];

    /// <summary>Declaration, UTF-8, no namespace, no document type, no empty dates, no attributes.</summary>
    public static XElement StrictXml(byte[] bytes)
    {
        var head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"u8;
        Assert.True(bytes.AsSpan().StartsWith(head), System.Text.Encoding.UTF8.GetString(bytes));
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true });
        var root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        foreach (var element in root.DescendantsAndSelf())
        {
            Assert.Empty(element.Attributes());
            Assert.Equal("", element.Name.NamespaceName);
            if (element.Name.LocalName.EndsWith("datetime", StringComparison.Ordinal) || element.Name.LocalName is "changeset") IsDate(element.Value);
        }

        return root;
    }

    public static JsonElement StrictJson(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var root = document.RootElement.Clone();
        NoNulls(root);
        return root;
    }

    public static void IsDate(string text) =>
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$", text);

    /// <summary>What the XML says, in the form of the JSON by the Spark convention.</summary>
    public static string Normal(XElement root) => Normal(root, root.Name.LocalName == "errors");

    /// <summary>JSON in the same form.</summary>
    public static string Normal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Normal))}]",
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(p => $"{p.Name}:{Normal(p.Value)}"))}}}",
        JsonValueKind.Number => "#" + value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.True => "?true",
        JsonValueKind.False => "?false",
        _ => "'" + value.GetString() + "'",
    };

    private static string Normal(XElement element, bool errors)
    {
        var name = element.Name.LocalName;
        if (Lists.Contains(name)) return $"[{string.Join(',', element.Elements().Select(e => Normal(e, errors)))}]";
        if (element.HasElements) return $"{{{string.Join(',', element.Elements().Select(e => $"{e.Name.LocalName}:{Normal(e, errors)}"))}}}";
        if (Numbers.Contains(name) || (errors && name == "code")) return "#" + double.Parse(element.Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        return Flags.Contains(name) ? "?" + element.Value : "'" + element.Value + "'";
    }

    private static void NoNulls(JsonElement value)
    {
        Assert.NotEqual(JsonValueKind.Null, value.ValueKind);
        if (value.ValueKind == JsonValueKind.Array) foreach (var item in value.EnumerateArray()) NoNulls(item);
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.EndsWith("datetime", StringComparison.Ordinal)) IsDate(member.Value.GetString()!);
            NoNulls(member.Value);
        }
    }
}
