using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>
/// On which line of a JSON file each member stands, so that whoever wrote the file finds what is wrong with it. Members are named
/// as <c>services[0].department</c>.
/// </summary>
public sealed class JsonLines
{
    private const byte NewLine = (byte)'\n';

    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal) { [""] = 1 };

    /// <param name="json">A document that could be read; comments and commas at the end are passed over.</param>
    public JsonLines(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var open = new Stack<Container>();
        var (line, seen, name) = (1, 0, "");
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            line += json[seen..start].Count(NewLine);
            seen = start;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var parent = open.Peek().Path;
                name = parent.Length > 0 ? $"{parent}.{reader.GetString()}" : reader.GetString()!;
                lines.TryAdd(name, line);
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open.Pop();
                continue;
            }

            var path = open.TryPeek(out var inside) && inside.IsList ? $"{inside.Path}[{inside.Next++}]" : name;
            lines.TryAdd(path, line);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) open.Push(new Container(path, reader.TokenType == JsonTokenType.StartArray));
        }
    }

    /// <summary>A fault behind its line: that of the member, or where it is missing of what it would be in.</summary>
    public string At(string path, string fault) => $"line {Find(path)}: {fault}";

    /// <summary>Why a file is no JSON, or not what was expected, with the line first.</summary>
    public static string Explain(JsonException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        // What follows counts lines from 0.
        var end = e.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        if (end < 0) end = e.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        var said = end < 0 ? e.Message : e.Message[..end];
        var where = e.Path is { Length: > 2 } path ? $"{path[2..]}: " : "";
        return e.LineNumber is { } line ? $"line {line + 1}: {where}{said}" : where + said;
    }

    private int Find(string path)
    {
        while (!lines.ContainsKey(path)) path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        return lines[path];
    }

    private sealed class Container(string path, bool isList)
    {
        public string Path => path;

        public bool IsList => isList;

        public int Next { get; set; }
    }
}
