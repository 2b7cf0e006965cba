using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.Backlog;

/// <summary>
/// What a city's table of requests calls things. A rule, not a layer: a mistake in it stops the import, and all are named.
/// </summary>
public sealed class BacklogMap
{
    /// <summary>Stands for a service whose rows nobody wants.</summary>
    public const string PassOver = "-";

    public static readonly IReadOnlyList<string> Names =
        ["id", "opened", "target", "closed", "status", "service", "lat", "lon", "address", "description", "source", "resolution", "pole"];

    private static readonly string[] SourceWords = ["resident", "person", "crew"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    };

    /// <summary>Name of the system that the numbers are of.</summary>
    public string System { get; init; } = "former";

    /// <summary>Our word for a column (<see cref="Names"/>) → theirs; those that are missing have our word.</summary>
    public Dictionary<string, string> Columns { get; init; } = [];

    /// <summary>Their word for a service → our code, or <see cref="PassOver"/>. Our codes need not be here.</summary>
    public Dictionary<string, string> Services { get; init; } = [];

    /// <summary>Their words for a request that is open.</summary>
    public string[] Open { get; init; } = ["open"];

    public string[] Closed { get; init; } = ["closed"];

    /// <summary>How times are written (.NET), in the city's time zone where they name none; also tried: ISO 8601.</summary>
    public string[] Times { get; init; } = [];

    /// <summary>Their word for who reported → resident, person (of the city) or crew. Others are residents.</summary>
    public Dictionary<string, string> Sources { get; init; } = [];

    /// <summary>Their word for how it ended → a resolution of our catalogue.</summary>
    public Dictionary<string, string> Resolutions { get; init; } = [];

    /// <summary>The resolution of those that ended in another way.</summary>
    public string EndedAs { get; init; } = "no-action";

    public string Column(string name) => Columns.GetValueOrDefault(name) ?? name;

    /// <param name="path">Absolute, or beside the program; empty: our own words.</param>
    /// <param name="catalogue">The city's.</param>
    /// <exception cref="InvalidDataException">It cannot be used: names every mistake.</exception>
    public static BacklogMap Load(string path, ServiceCatalogue catalogue)
    {
        if (path.Length == 0) return new BacklogMap();
        var full = Path.Exists(path) ? Path.GetFullPath(path) : CityFile.Beside(path);
        try
        {
            var bytes = File.ReadAllBytes(full);
            var map = JsonSerializer.Deserialize<BacklogMap>(bytes, Json) ?? throw new JsonException("it is empty");
            var faults = map.Faults(catalogue).ToList();
            if (faults.Count == 0) return map;
            var lines = new JsonLines(bytes);
            throw new InvalidDataException(string.Join('\n', faults.Select(f => lines.At(f.Path, f.Text))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{full} cannot say what the columns are:\n{(e is JsonException json ? JsonLines.Explain(json) : e.Message)}", e);
        }
    }

    /// <returns>What the table lacks.</returns>
    public IEnumerable<string> Missing(FileRow row)
    {
        string[] needed = ["id", "opened", "service", "lat", "lon"];
        return needed.Where(n => !row.Has(Column(n))).Select(n => $"{n} ('{Column(n)}')");
    }

    private IEnumerable<(string Path, string Text)> Faults(ServiceCatalogue catalogue)
    {
        if (System is not { Length: > 0 and <= 40 }) yield return ("system", "system: expected a name of at most 40 characters");
        foreach (var name in Columns.Keys.Except(Names)) yield return ("columns." + name, $"columns: '{name}' is none of {string.Join(", ", Names)}");
        foreach (var (theirs, ours) in Services.Where(s => s.Value != PassOver && catalogue.Find(s.Value) is null))
            yield return ("services." + theirs, $"services: '{theirs}' is '{ours}', which the catalogue does not have: expected one of {string.Join(", ", catalogue.All.Select(s => s.Code))}, or \"-\"");
        foreach (var (theirs, ours) in Sources.Where(s => !SourceWords.Contains(s.Value))) yield return ("sources." + theirs, $"sources: '{theirs}' is '{ours}': expected one of {string.Join(", ", SourceWords)}");
        foreach (var (theirs, ours) in Resolutions.Where(r => EndsNothing(r.Value))) yield return ("resolutions." + theirs, Unended(theirs, ours));
        if (EndsNothing(EndedAs)) yield return ("endedAs", Unended("endedAs", EndedAs));
        foreach (var (i, format) in Times.Index().Where(f => !CanRead(f.Item))) yield return ($"times[{i}]", $"times: '{format}' is no format of a date and time, such as MM/dd/yyyy hh:mm:ss tt");

        bool EndsNothing(string code) => catalogue.Resolution(code) is not { Closes: true };
        static string Unended(string theirs, string ours) => $"resolutions: '{theirs}' is '{ours}', with which no request of the catalogue ends";
    }

    private static bool CanRead(string format)
    {
        try
        {
            var text = new DateTime(2015, 1, 31, 16, 5, 9).ToString(format, CultureInfo.InvariantCulture);
            return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var back) && back.Date == new DateTime(2015, 1, 31);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
