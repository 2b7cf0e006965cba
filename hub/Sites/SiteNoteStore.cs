using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>SQL of the table <c>site_notes</c>.</summary>
public static class SiteNoteStore
{
    // Of one place: more works than this at one crossing are no more works.
    private const int Most = 64;

    private const string Columns = "source AS Source, kind AS Kind, lat AS Lat, lon AS Lon, from_ms AS FromMs, until_ms AS UntilMs";

    public static SiteNote? Find(WriteScope scope, string source) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM site_notes WHERE source=@source", new { source })?.ToNote();

    public static void Save(WriteScope scope, SiteNote note) =>
        scope.Execute(
            """
            INSERT INTO site_notes (source, kind, lat, lon, cell, from_ms, until_ms) VALUES (@Source, @Kind, @Lat, @Lon, @Cell, @FromMs, @UntilMs)
            ON CONFLICT (source) DO UPDATE SET kind=excluded.kind, lat=excluded.lat, lon=excluded.lon, cell=excluded.cell, from_ms=excluded.from_ms, until_ms=excluded.until_ms
            """,
            new { note.Source, Kind = (int)note.Kind, Lat = note.At.Latitude, Lon = note.At.Longitude, Cell = Grid.Cell(note.At, Grid.Fine), note.FromMs, note.UntilMs });

    public static void Delete(WriteScope scope, string source) => scope.Execute("DELETE FROM site_notes WHERE source=@source", new { source });

    /// <summary>Notes within a distance, by source.</summary>
    public static List<SiteNote> Near(ObservationStore.Read read, GeoPoint at, double withinM) =>
        [.. read.Connection.Query<Row>(
                $"SELECT {Columns} FROM site_notes WHERE cell IN @cells ORDER BY until_ms DESC, source LIMIT {Most}", new { cells = Grid.Around(at, withinM, Grid.Fine) }, read.Transaction)
            .Select(r => r.ToNote()).Where(n => n.At.DistanceMTo(at) <= withinM)];

    private sealed class Row
    {
        public string Source { get; init; } = "";
        public long Kind { get; init; }
        public double Lat { get; init; }
        public double Lon { get; init; }
        public long FromMs { get; init; }
        public long UntilMs { get; init; }

        public SiteNote ToNote() => new(Source, (SiteNoteKind)Kind, new GeoPoint(Lat, Lon), FromMs, UntilMs);
    }
}
