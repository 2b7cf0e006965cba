using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>
/// Features of a GeoJSON feature collection (RFC 7946), or of one feature a line (RFC 8142), each with the line on which it
/// begins. Where one cannot be read, reading goes on at the next line that begins one.
/// </summary>
internal static class GeoJsonRows
{
    private const string ReExport = "export the layer again as GeoJSON (RFC 7946)";

    /// <param name="utf8">The whole file.</param>
    /// <exception cref="InvalidDataException">There are no features in it, or they are not in WGS 84.</exception>
    public static IEnumerable<FileRow> Read(byte[] utf8) => Read(utf8, Begin(utf8));

    private static IEnumerable<FileRow> Read(byte[] utf8, int begin)
    {
        var (at, line, lost) = (begin, 1L + utf8.AsSpan(0, begin).Count((byte)'\n'), false);
        while (true)
        {
            for (; at < utf8.Length && IsBetween(utf8[at]); at++)
            {
                if (utf8[at] == '\n') line++;
            }

            if (at < utf8.Length && utf8[at] == ']' && !lost) yield break;
            if (at >= utf8.Length)
            {
                if (begin > 0 && !lost) yield return FileRow.Bad(new RowFault(line, null, RowReason.Unreadable, "the file ends before its list of features does", "bring it whole"));
                yield break;
            }

            var (feature, end, fault) = Next(utf8, at);
            if (feature is { } whole)
            {
                // After a fault an object may be some other part of a broken feature.
                if (!lost || IsFeature(whole))
                {
                    lost = false;
                    foreach (var row in Rows(whole, line)) yield return row;
                }

                line += utf8.AsSpan(at, end - at).Count((byte)'\n');
                at = end;
                continue;
            }

            if (!lost) yield return FileRow.Bad(new RowFault(line, null, RowReason.Unreadable, $"this feature is no JSON ({fault})", ReExport));
            lost = true;
            at = NextObject(utf8, at, ref line);
        }
    }

    /// <returns>Where the next line is that begins an object; the end when there is none.</returns>
    private static int NextObject(byte[] utf8, int at, ref long line)
    {
        while (utf8.AsSpan(at).IndexOf((byte)'\n') is var end and >= 0)
        {
            line++;
            for (at += end + 1; at < utf8.Length && utf8[at] != '\n' && IsBetween(utf8[at]); at++)
            {
            }

            if (at < utf8.Length && utf8[at] == '{') return at;
        }

        return utf8.Length;
    }

    private static bool IsBetween(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or 0x1E;

    private static bool IsFeature(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("Feature");

    private static string? Type(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static (JsonElement? Feature, int End, string Fault) Next(byte[] utf8, int at)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8.AsSpan(at), isFinalBlock: false, default);
            return JsonElement.TryParseValue(ref reader, out var value) ? (value, at + (int)reader.BytesConsumed, "") : (null, at, "it is cut off");
        }
        catch (JsonException e)
        {
            return (null, at, $"byte {e.BytePositionInLine + 1} of its line {e.LineNumber + 1}");
        }
    }

    private static List<FileRow> Rows(JsonElement feature, long line)
    {
        if (!IsFeature(feature))
            return [FileRow.Bad(new RowFault(line, null, RowReason.Unreadable, "this is no feature", ReExport))];
        feature.TryGetProperty("properties", out var properties);
        try
        {
            return Rows(feature, properties, line);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            // Text is looked at as it is asked for: what is no UTF-8 shows only then.
            return Fits(properties) && IdFits(feature)
                ? [FileRow.Bad(new RowFault(line, null, RowReason.NoPlace, "its coordinates are no numbers", "write them as [longitude, latitude]"))]
                : [FileRow.Bad(new RowFault(line, null, RowReason.Encoding, "its text is no UTF-8", "save the file as UTF-8, or say --encoding latin1"))];
        }
    }

    private static bool IdFits(JsonElement feature)
    {
        try
        {
            _ = Id(feature);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Fits(JsonElement properties)
    {
        try
        {
            if (properties.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in properties.EnumerateObject())
                {
                    _ = property.Name;
                    if (property.Value.ValueKind == JsonValueKind.String) _ = property.Value.GetString();
                    if (property.Value.ValueKind == JsonValueKind.Object && !Fits(property.Value)) return false;
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static List<FileRow> Rows(JsonElement feature, JsonElement properties, long line)
    {
        if (!Fits(properties) || !IdFits(feature)) throw new FormatException();
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object) return [FileRow.Of(line, properties, "", default, [], Id(feature))];
        var type = Type(geometry) ?? "";
        FileRow Row(IReadOnlyList<GeoPoint> points, bool isContinued = false) => FileRow.Of(line, properties, type, geometry, points, Id(feature), isContinued);
        return type switch
        {
            "Point" => [Row([Point(geometry.GetProperty("coordinates"))])],
            "LineString" => [Row(Line(geometry.GetProperty("coordinates")))],
            "MultiLineString" when geometry.GetProperty("coordinates").GetArrayLength() > 0 =>
                [.. geometry.GetProperty("coordinates").EnumerateArray().Select((part, i) => Row(Line(part), isContinued: i > 0))],
            _ => [Row([])],
        };
    }

    private static string? Id(JsonElement feature) => feature.TryGetProperty("id", out var id) ? id.ValueKind switch
    {
        JsonValueKind.String => id.GetString(),
        JsonValueKind.Number => id.GetRawText(),
        _ => null,
    }
    : null;

    private static GeoPoint[] Line(JsonElement coordinates) => [.. coordinates.EnumerateArray().Select(Point)];

    private static GeoPoint Point(JsonElement pair) => new(pair[1].GetDouble(), pair[0].GetDouble());

    /// <returns>Where the first feature may begin.</returns>
    private static int Begin(byte[] utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, isFinalBlock: true, default);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("features"))
                {
                    reader.Read();
                    return reader.TokenType == JsonTokenType.StartArray ? (int)reader.BytesConsumed : throw new InvalidDataException($"its features are no list: {ReExport}");
                }

                if (reader.ValueTextEquals("geometry") || reader.ValueTextEquals("properties")) return 0;
                var crs = reader.ValueTextEquals("crs");
                reader.Read();
                using var value = JsonDocument.ParseValue(ref reader);
                var raw = value.RootElement.GetRawText();
                if (crs && raw != "null" && !raw.Contains("CRS84", StringComparison.Ordinal) && !raw.Contains("4326", StringComparison.Ordinal))
                    throw new InvalidDataException($"the file says that it is not in WGS 84 (crs {raw[..Math.Min(raw.Length, 100)]}): export it in WGS 84 (EPSG:4326)");
                if (raw == "\"Feature\"") return 0;
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"it is no JSON at line {e.LineNumber + 1}: {ReExport}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException("the head of the file is no UTF-8: save it as UTF-8, or say --encoding latin1", e);
        }

        throw new InvalidDataException($"there are no features in it: {ReExport}");
    }
}
