using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkZones;

/// <summary>SQL of the table <c>work_zones</c>.</summary>
public static class WorkZoneStore
{
    private const string Columns = "layer AS Layer, id AS Id, label AS Label, from_ms AS FromMs, until_ms AS UntilMs, drawn AS Drawn";

    public static void Upsert(WriteScope scope, WorkZone works) =>
        scope.Execute(
            """
            INSERT INTO work_zones (layer, id, label, from_ms, until_ms, drawn) VALUES (@Layer, @Id, @Label, @FromMs, @UntilMs, @Drawn)
            ON CONFLICT (layer, id) DO UPDATE SET label=excluded.label, from_ms=excluded.from_ms, until_ms=excluded.until_ms, drawn=excluded.drawn
            """,
            new { works.Layer, works.Id, works.Label, works.FromMs, works.UntilMs, Drawn = works.Drawn.Text });

    public static void Delete(WriteScope scope, WorkZone works) => scope.Execute("DELETE FROM work_zones WHERE layer=@Layer AND id=@Id", new { works.Layer, works.Id });

    public static List<WorkZone> OfLayer(DbConnection connection, string layer) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM work_zones WHERE layer=@layer ORDER BY id", new { layer }).Select(r => r.ToWorkZone())];

    /// <summary>Those that end after a time, and begin by another, soonest first.</summary>
    /// <param name="connection">To read on.</param>
    /// <param name="afterMs">Unix milliseconds.</param>
    /// <param name="byMs">Unix milliseconds.</param>
    /// <param name="limit">At the most.</param>
    public static List<WorkZone> EndingAfter(DbConnection connection, long afterMs, long byMs, int limit) =>
        [.. connection.Query<Row>(
                $"SELECT {Columns} FROM work_zones WHERE until_ms>@afterMs AND from_ms<=@byMs ORDER BY until_ms, layer, id LIMIT @limit", new { afterMs, byMs, limit })
            .Select(r => r.ToWorkZone())];

    private sealed class Row
    {
        public string Layer { get; init; } = "";
        public string Id { get; init; } = "";
        public string Label { get; init; } = "";
        public long FromMs { get; init; }
        public long UntilMs { get; init; }
        public string Drawn { get; init; } = "";

        public WorkZone ToWorkZone() => new(Layer, Id, Label, FromMs, UntilMs, DrawnShape.Parse(Drawn));
    }
}
