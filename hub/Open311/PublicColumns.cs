using System.Buffers;
using System.Globalization;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>A public view as one row of named columns. Notes are not in it: they are many, and a table has one row a request.</summary>
internal static class PublicColumns
{
    /// <summary>In the order in which files have them; named as Open311 names them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "service_request_id", "status", "detailed_status", "status_notes", "service_name", "service_code", "description", "agency_responsible", "requested_datetime",
        "updated_datetime", "expected_datetime", "address", "lat", "long", "media_url", "duplicate_of", "passes_for", "passes_against", "first_date", "last_date",
    ];

    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n\t;'");

    /// <summary>The single values of a view by name, those of its groups among them.</summary>
    public static IReadOnlyDictionary<string, GeoNode> Of(GeoNode.Group view)
    {
        var row = new Dictionary<string, GeoNode>(StringComparer.Ordinal);
        Add(view);
        return row;

        void Add(GeoNode.Group group)
        {
            foreach (var (name, node) in group)
            {
                if (node is GeoNode.Group inner) Add(inner);
                else if (node is not GeoNode.Many) row.Add(name, node);
            }
        }
    }

    /// <summary>
    /// One cell of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets show
    /// as text; numbers are what they are.
    /// </summary>
    public static string Cell(GeoNode? node) => node switch
    {
        GeoNode.Number number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        GeoNode.Text text => Quoted(IsFormula(text.Value) ? "'" + text.Value : text.Value),
        _ => "",
    };

    // Also behind spaces, which some programs skip.
    private static bool IsFormula(string text) => text.Length > 0 && (text[0] is '\t' or '\r' or '\n' || text.TrimStart() is { Length: > 0 } rest && rest[0] is '=' or '+' or '-' or '@');

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(Special) || text.StartsWith(' ') || text.EndsWith(' ') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
