using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>SQL of the tables <c>site_notes</c> and <c>site_note_cells</c>.</summary>
public static class SiteNoteStore
{
    private const string Columns = "source AS Source, kind AS Kind, lat AS Lat, lon AS Lon, from_ms AS FromMs, until_ms AS UntilMs, drawn AS Drawn";

    public static SiteNote? Find(WriteScope scope, string source) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM site_notes WHERE source=@source", new { source })?.ToNote();

    /// <exception cref="ArgumentException">What is drawn touches too many cells.</exception>
    public static void Save(WriteScope scope, SiteNote note)
    {
        IReadOnlyList<long> cells = note.Drawn is { } drawn ? drawn.Cells ?? throw new ArgumentException("too large", nameof(note)) : [Grid.Cell(note.At, Grid.Coarse)];
        Delete(scope, note.Source);
        scope.Execute(
            "INSERT INTO site_notes (source, kind, lat, lon, from_ms, until_ms, drawn) VALUES (@Source, @Kind, @Lat, @Lon, @FromMs, @UntilMs, @Drawn)",
            new { note.Source, Kind = (int)note.Kind, Lat = note.At.Latitude, Lon = note.At.Longitude, note.FromMs, note.UntilMs, Drawn = note.Drawn?.Text });
        foreach (var cell in cells) scope.Execute("INSERT INTO site_note_cells (cell, source) VALUES (@cell, @Source)", new { cell, note.Source });
    }

    public static void Delete(WriteScope scope, string source)
    {
        scope.Execute("DELETE FROM site_note_cells WHERE source=@source", new { source });
        scope.Execute("DELETE FROM site_notes WHERE source=@source", new { source });
    }

    /// <summary>Notes of which a part may lie within a distance, by source: all of them, or what a place is would depend on when it is asked.</summary>
    public static List<SiteNote> Near(ObservationStore.Read read, GeoPoint at, double withinM) =>
        [.. read.Connection.Query<Row>(
                $"""
                SELECT {Columns} FROM site_notes WHERE source IN (SELECT source FROM site_note_cells WHERE cell IN @cells) ORDER BY source
                """, new { cells = Grid.Around(at, withinM, Grid.Coarse) }, read.Transaction)
            .Select(r => r.ToNote())];

    private sealed class Row
    {
        public string Source { get; init; } = "";
        public long Kind { get; init; }
        public double Lat { get; init; }
        public double Lon { get; init; }
        public long FromMs { get; init; }
        public long UntilMs { get; init; }
        public string? Drawn { get; init; }

        public SiteNote ToNote() => new(Source, (SiteNoteKind)Kind, new GeoPoint(Lat, Lon), FromMs, UntilMs, Drawn is null ? null : DrawnShape.Parse(Drawn));
    }
}
