using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// Writes content as GeoReport's XML (declaration, UTF-8, no namespace) or as its JSON by the Spark convention: the root is
/// dropped, repeated children become an array.
/// </summary>
internal static class GeoWriter
{
    private static readonly XmlWriterSettings Xml = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.None };
    internal static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Format of a path's suffix; null when it has none that is served.</summary>
    public static GeoFormat? FormatOf(string suffix) => suffix.ToUpperInvariant() switch
    {
        "XML" => GeoFormat.Xml,
        "JSON" => GeoFormat.Json,
        _ => null,
    };

    public static string MediaType(GeoFormat format) =>
        format == GeoFormat.Json ? "application/json; charset=utf-8" : "text/xml; charset=utf-8";

    public static byte[] Write(string root, GeoNode content, GeoFormat format) => format == GeoFormat.Json ? WriteJson(content) : WriteXml(root, content);

    private static byte[] WriteXml(string root, GeoNode content)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, Xml)) WriteElement(writer, root, content);
        return buffer.ToArray();
    }

    private static void WriteElement(XmlWriter writer, string name, GeoNode node)
    {
        writer.WriteStartElement(name);
        switch (node)
        {
            case GeoNode.Text text:
                writer.WriteString(text.Value);
                break;
            case GeoNode.Number number:
                writer.WriteString(number.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case GeoNode.Flag flag:
                writer.WriteString(flag.Value ? "true" : "false");
                break;
            case GeoNode.Group group:
                foreach (var (member, value) in group) WriteElement(writer, member, value);
                break;
            case GeoNode.Many many:
                foreach (var item in many.Items) WriteElement(writer, many.Child, item);
                break;
        }

        writer.WriteEndElement();
    }

    private static byte[] WriteJson(GeoNode content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Json)) WriteValue(writer, content);
        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteValue(Utf8JsonWriter writer, GeoNode node)
    {
        switch (node)
        {
            case GeoNode.Text text:
                writer.WriteStringValue(text.Value);
                break;
            case GeoNode.Number number:
                writer.WriteNumberValue(number.Value);
                break;
            case GeoNode.Flag flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case GeoNode.Group group:
                writer.WriteStartObject();
                foreach (var (member, value) in group)
                {
                    writer.WritePropertyName(member);
                    WriteValue(writer, value);
                }

                writer.WriteEndObject();
                break;
            case GeoNode.Many many:
                writer.WriteStartArray();
                foreach (var item in many.Items) WriteValue(writer, item);
                writer.WriteEndArray();
                break;
        }
    }
}
