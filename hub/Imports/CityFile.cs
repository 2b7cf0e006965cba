using System.Text;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>
/// Opens a file that a city brings: a table (CSV) or GeoJSON, told apart by how it begins. What cannot be a row is given as a
/// row with its fault, and the next one follows; only a file that is nothing at all is refused.
/// </summary>
public static class CityFile
{
    private const int LookBytes = 4096;

    /// <summary>Path as given when rooted, else beside the program.</summary>
    public static string Beside(string path) => Path.IsPathRooted(path) ? path : Path.Combine(AppContext.BaseDirectory, path);

    /// <param name="file">Seekable, at its start; it must stay open while rows are read.</param>
    /// <param name="form">How it is written.</param>
    /// <exception cref="InvalidDataException">It is no text, empty, or its head cannot be read: says why and what to do.</exception>
    public static IEnumerable<FileRow> Rows(Stream file, FileForm form)
    {
        var head = new byte[LookBytes];
        var length = file.ReadAtLeast(head, LookBytes, throwOnEndOfStream: false);
        file.Position = 0;
        var (text, look) = Open(file, head.AsSpan(0, length), form);
        var first = look.TrimStart().FirstOrDefault();
        return first switch
        {
            default(char) => throw new InvalidDataException("the file is empty: send one with rows"),
            '{' => GeoJsonRows.Read(All(text)),
            '[' => throw new InvalidDataException("the file is JSON, but no GeoJSON feature collection: export it as GeoJSON or CSV"),
            _ => CsvRows.Read(text.Stream, form with { Encoding = text.Encoding }),
        };
    }

    /// <summary>Features of a layer of the settings, which must be GeoJSON.</summary>
    /// <exception cref="InvalidDataException">It is missing or no GeoJSON feature collection.</exception>
    public static IReadOnlyList<FileRow> Layer(string path)
    {
        var full = Beside(path);
        try
        {
            using var file = File.OpenRead(full);
            return [.. Rows(file, new FileForm())];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{full} is not a readable layer: {e.Message}", e);
        }
    }

    private static (Text Text, string Look) Open(Stream file, ReadOnlySpan<byte> head, FileForm form)
    {
        if (head.StartsWith("PK"u8)) throw new InvalidDataException("the file is a zip archive or a spreadsheet: save it as CSV (UTF-8) or GeoJSON");
        var wide = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode : null;
        if (wide is not null)
        {
            file.Position = 2;
            return (new Text(Encoding.CreateTranscodingStream(file, wide, new UTF8Encoding(false)), "utf-8"), wide.GetString(head[2..(head.Length & ~1)]));
        }

        if (head.Contains((byte)0)) throw new InvalidDataException("the file is no text (or UTF-16 without its mark): save it as CSV (UTF-8) or GeoJSON");
        if (!head.StartsWith(Encoding.UTF8.Preamble)) return (new Text(file, form.Encoding), Encoding.Latin1.GetString(head));
        file.Position = Encoding.UTF8.Preamble.Length;
        return (new Text(file, "utf-8"), Encoding.Latin1.GetString(head[Encoding.UTF8.Preamble.Length..]));
    }

    // A layer is looked at as a whole, because its features may stand anywhere on its lines.
    private static byte[] All(Text text)
    {
        using var utf8 = text.Encoding == "utf-8" ? text.Stream
            : Encoding.CreateTranscodingStream(text.Stream, new FileForm { Encoding = text.Encoding }.Strict(), new UTF8Encoding(false), leaveOpen: true);
        using var all = new MemoryStream();
        var part = new byte[81_920];
        for (int read; (read = utf8.Read(part)) > 0;)
        {
            if (all.Length + read > FileForm.MostLayerBytes) throw new InvalidDataException($"the file is longer than {FileForm.MostLayerBytes >> 20} MiB: divide it, or export it as CSV");
            all.Write(part, 0, read);
        }

        return all.ToArray();
    }

    private readonly record struct Text(Stream Stream, string Encoding);
}
