using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>SQL of the last reports.</summary>
public static class ImportStore
{
    /// <summary>So many reports are kept.</summary>
    public const int MostKept = 100;

    /// <param name="scope">The transaction.</param>
    /// <param name="id">A new one; or of a layer that is read at every start, always the same.</param>
    /// <param name="report">What to keep.</param>
    public static void Save(WriteScope scope, string id, ImportReport report)
    {
        scope.Execute(
            """
            INSERT INTO imports (id, at_ms, body) VALUES (@id, @atMs, @body) ON CONFLICT (id) DO UPDATE SET at_ms=excluded.at_ms, body=excluded.body
            """, new { id, atMs = report.At.ToUnixTimeMilliseconds(), body = JsonSerializer.Serialize(report, HubJson.Options) });
        scope.Execute(
            "DELETE FROM imports WHERE (at_ms, id) < (SELECT e.at_ms, e.id FROM (SELECT at_ms, id FROM imports ORDER BY at_ms DESC, id DESC LIMIT @MostKept) AS e ORDER BY e.at_ms, e.id LIMIT 1)",
            new { MostKept });
    }

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<(string Id, ImportReport Report)> All(DbConnection connection) =>
        [.. connection.Query<(string Id, string Body)>("SELECT id AS Id, body AS Body FROM imports ORDER BY at_ms DESC, id DESC LIMIT @MostKept", new { MostKept })
            .Select(r => (r.Id, Read(r.Body)))];

    public static ImportReport? Find(DbConnection connection, string id) =>
        connection.QueryFirstOrDefault<string>("SELECT body FROM imports WHERE id=@id", new { id }) is { } body ? Read(body) : null;

    private static ImportReport Read(string body) => JsonSerializer.Deserialize<ImportReport>(body, HubJson.Options)!;
}
