using System.Text;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>
/// Rows of a table (RFC 4180): the first line names the columns, a cell in quotes may go over several lines. A row that cannot
/// be read costs its first line only, so that a quote that is never closed does not swallow what follows.
/// </summary>
internal static class CsvRows
{
    // Of one row: what goes on for longer is a quote that was forgotten.
    private const int MostLines = 1_000;

    /// <param name="file">Behind a byte order mark, if there was one.</param>
    /// <param name="form">How it is written.</param>
    /// <exception cref="InvalidDataException">The line with the names of the columns cannot be used.</exception>
    public static IEnumerable<FileRow> Read(Stream file, FileForm form)
    {
        var lines = new Lookahead(new TextLines(file, form.Strict()));
        while (lines.Peek() is { Text: { } blank } && string.IsNullOrWhiteSpace(blank)) lines.Take();
        if (lines.Peek() is not { } first) throw new InvalidDataException("the file is empty: send one with rows");
        var (names, fault) = Record(lines, form);
        if (names is null) throw new InvalidDataException($"line {first.Number}, which names the columns, cannot be read ({fault!.Cause}): {fault.Remedy}");
        if (names.Count == 1 && names[0].AsSpan().ContainsAny(';', '\t', '|'))
            throw new InvalidDataException($"line {first.Number} has one column, '{Shown(names[0])}': say what stands between the columns, --delimiter ';' or --delimiter tab");
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Trim() is { Length: > 0 } name && !columns.TryAdd(name, i)) throw new InvalidDataException($"line {first.Number} names the column '{Shown(name)}' twice: name each once");
        }

        return Read(lines, form, columns, names.Count);
    }

    private static IEnumerable<FileRow> Read(Lookahead lines, FileForm form, Dictionary<string, int> columns, int width)
    {
        while (lines.Peek() is { } first)
        {
            if (first.Text is not null && string.IsNullOrWhiteSpace(first.Text))
            {
                lines.Take();
                continue;
            }

            var (cells, fault) = Record(lines, form);
            yield return cells is null ? FileRow.Bad(fault!)
                : cells.Count != width
                    ? FileRow.Bad(new RowFault(first.Number, null, RowReason.Columns, $"it has {cells.Count} cells, the first line {width}", "put a cell that contains the delimiter into quotes"))
                    : FileRow.Of(first.Number, columns, cells);
        }
    }

    /// <summary>Takes the lines of one record, or its first line only when it is none.</summary>
    private static (List<string>? Cells, RowFault? Fault) Record(Lookahead lines, FileForm form)
    {
        var first = lines.Take();
        if (first.Text is null) return (null, Unreadable(first, form));
        var text = new StringBuilder(first.Text);
        var more = 0;
        while (true)
        {
            var (cells, open, broken) = Parse(text.ToString(), form.Delimiter);
            if (broken) return (null, new RowFault(first.Number, null, RowReason.Quote, "text stands behind a cell's closing quote", "double the quotes inside a cell"));
            if (!open)
            {
                lines.Drop(more);
                return (cells, null);
            }

            for (var quoted = false; !quoted;)
            {
                if (lines.At(more) is not { Text: { } next } || text.Length + next.Length > FileForm.MostRowBytes || ++more > MostLines)
                    return (null, new RowFault(first.Number, null, RowReason.Quote, "a quote is opened and never closed", "close it, or double it if it belongs to the text"));
                text.Append('\n').Append(next);
                // No other line can end the cell.
                quoted = next.Contains('"', StringComparison.Ordinal);
            }
        }
    }

    private static RowFault Unreadable(TextLines.Line line, FileForm form) => line.TooLong
        ? new RowFault(line.Number, null, RowReason.TooLong, $"the line is longer than {FileForm.MostRowBytes >> 10} KiB", "no row is that long: shorten it")
        : new RowFault(line.Number, null, RowReason.Encoding, $"the line is no {form.Encoding}", "save the file as UTF-8, or say how it is written: --encoding latin1 or windows-1252");

    private static string Shown(string text) => text.Length > 60 ? text[..60] + "…" : text;

    /// <returns>The cells; whether a quote is still open at the end; whether text stands behind a closing quote.</returns>
    private static (List<string> Cells, bool Open, bool Broken) Parse(string text, char delimiter)
    {
        var cells = new List<string>();
        var at = 0;
        while (true)
        {
            if (at < text.Length && text[at] == '"')
            {
                var cell = new StringBuilder();
                for (at++; ; )
                {
                    var quote = text.IndexOf('"', at);
                    if (quote < 0) return (cells, true, false);
                    cell.Append(text, at, quote - at);
                    at = quote + 1;
                    if (at >= text.Length || text[at] != '"') break;
                    cell.Append('"');
                    at++;
                }

                cells.Add(cell.ToString());
                if (at < text.Length && text[at] != delimiter) return (cells, false, true);
            }
            else
            {
                var end = text.IndexOf(delimiter, at);
                cells.Add(end < 0 ? text[at..] : text[at..end]);
                at = end < 0 ? text.Length : end;
            }

            if (at >= text.Length) return (cells, false, false);
            at++;
        }
    }

    /// <summary>Lines that were looked at and not taken yet.</summary>
    private sealed class Lookahead(TextLines lines)
    {
        private readonly Deque ahead = new();

        public TextLines.Line? Peek() => At(0);

        public TextLines.Line? At(int index)
        {
            while (ahead.Count <= index)
            {
                if (lines.Next() is not { } line) return null;
                ahead.Add(line);
            }

            return ahead[index];
        }

        public TextLines.Line Take()
        {
            var line = At(0)!.Value;
            ahead.Drop(1);
            return line;
        }

        public void Drop(int count) => ahead.Drop(count);
    }

    /// <summary>A list that loses its beginning cheaply.</summary>
    private sealed class Deque
    {
        private readonly List<TextLines.Line> items = [];
        private int begin;

        public int Count => items.Count - begin;

        public TextLines.Line this[int index] => items[begin + index];

        public void Add(TextLines.Line line) => items.Add(line);

        public void Drop(int count)
        {
            begin += count;
            if (begin == items.Count || begin >= MostLines)
            {
                items.RemoveRange(0, begin);
                begin = 0;
            }
        }
    }
}
