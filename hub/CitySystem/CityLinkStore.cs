using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>SQL of ids at the city, of what came from it, and of the state of the exchange.</summary>
public static class CityLinkStore
{
    private const string Columns =
        """
        request AS Request, remote AS Remote, origin AS Origin, told AS Told, remote_status AS RemoteStatus, remote_notes AS RemoteNotes,
        remote_updated_ms AS RemoteUpdatedMs, applied_ms AS AppliedMs
        """;

    public static CityLink? Find(DbConnection connection, DbTransaction? transaction, string request) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM city_links WHERE request=@request", new { request }, transaction)?.ToLink();

    public static CityLink? Find(WriteScope scope, string request) => Find(scope.Connection, scope.Transaction, request);

    /// <summary>Takes an id back that turned out to be another's.</summary>
    public static void Unlink(WriteScope scope, string request) =>
        scope.Execute("UPDATE city_links SET remote=NULL, origin=NULL, marker_kept=NULL, place_kept=NULL WHERE request=@request", new { request });

    /// <summary>The city's list gave the request's id back with our marker, or a person named it.</summary>
    public static bool IsCertain(WriteScope scope, string request) =>
        scope.QueryFirstOrDefault<long?>("SELECT 1 FROM city_links WHERE request=@request AND remote IS NOT NULL AND (marker_kept=1 OR origin<>'push')", new { request }) is not null;

    public static List<CityLink> ByRemote(WriteScope scope, string remote) =>
        [.. scope.Query<Row>($"SELECT {Columns} FROM city_links WHERE remote=@remote ORDER BY request", new { remote }).Select(r => r.ToLink())];

    public static void Save(WriteScope scope, CityLink link) =>
        scope.Execute(
            """
            INSERT INTO city_links (request, remote, origin, told, remote_status, remote_notes, remote_updated_ms, applied_ms, linked_ms)
            VALUES (@Request, @Remote, @Origin, @Told, @RemoteStatus, @RemoteNotes, @RemoteUpdatedMs, @AppliedMs, @now)
            ON CONFLICT (request) DO UPDATE SET remote=excluded.remote, origin=excluded.origin, told=excluded.told, remote_status=excluded.remote_status,
              remote_notes=excluded.remote_notes, remote_updated_ms=excluded.remote_updated_ms, applied_ms=excluded.applied_ms
            """,
            new
            {
                link.Request, link.Remote, link.Origin, link.Told, link.RemoteStatus, link.RemoteNotes,
                RemoteUpdatedMs = link.RemoteUpdatedAt?.ToUnixTimeMilliseconds(), AppliedMs = link.AppliedAt?.ToUnixTimeMilliseconds(),
                now = scope.Now.ToUnixTimeMilliseconds(),
            });

    /// <summary>Ids whose state at the city was looked at the longest ago, and marks them as looked at now.</summary>
    public static List<string> TakeOldest(WriteScope scope, int most)
    {
        var oldest = scope.Query<(string Request, string Remote)>(
            "SELECT request, remote FROM city_links WHERE remote IS NOT NULL AND (remote_status IS NULL OR remote_status<>'closed') ORDER BY checked_ms NULLS FIRST, request LIMIT @most",
            new { most }).ToList();
        if (oldest.Count > 0)
            scope.Execute("UPDATE city_links SET checked_ms=@now WHERE request IN @requests", new { now = scope.Now.ToUnixTimeMilliseconds(), requests = oldest.Select(o => o.Request) });
        return [.. oldest.Select(o => o.Remote).Distinct(StringComparer.Ordinal)];
    }

    public static void Hold(WriteScope scope, CityRow row, string reason) =>
        scope.Execute(
            "INSERT INTO city_inbox (remote, body, reason, first_ms) VALUES (@Id, @body, @reason, @now) ON CONFLICT (remote) DO UPDATE SET body=excluded.body, reason=excluded.reason",
            new { row.Id, body = JsonSerializer.Serialize(row), reason, now = scope.Now.ToUnixTimeMilliseconds() });

    public static void Release(WriteScope scope, string remote) => scope.Execute("DELETE FROM city_inbox WHERE remote=@remote", new { remote });

    public static List<CityRow> Held(DbConnection connection, int most) =>
        [.. connection.Query<string>("SELECT body FROM city_inbox ORDER BY first_ms, remote LIMIT @most", new { most }).Select(b => JsonSerializer.Deserialize<CityRow>(b)!)];

    public static long HeldCount(DbConnection connection) => connection.QuerySingle<long>("SELECT COUNT(*) FROM city_inbox");

    /// <returns>False when this update was taken over before.</returns>
    public static bool TakeUpdate(WriteScope scope, string id) =>
        scope.Execute("INSERT INTO city_updates (id, at_ms) VALUES (@id, @now) ON CONFLICT (id) DO NOTHING", new { id, now = scope.Now.ToUnixTimeMilliseconds() }) == 1;

    public static CityState State(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingle<CityState>(
            """
            SELECT pulled_to_ms AS PulledToMs, last_pull_ms AS LastPullMs, last_push_ms AS LastPushMs, fault AS Fault, fence AS Fence,
              lease_until_ms AS LeaseUntilMs, due_ms AS DueMs FROM city_state WHERE id=1
            """, transaction: transaction);

    /// <summary>Takes the turn to pull.</summary>
    /// <returns>Null when it is another's, or not due.</returns>
    public static CityState? TakePull(WriteScope scope, string owner, TimeSpan lease, TimeSpan every)
    {
        var now = scope.Now.ToUnixTimeMilliseconds();
        var state = State(scope.Connection, scope.Transaction);
        if (state.DueMs > now || state.LeaseUntilMs > now) return null;
        var taken = scope.Execute(
            "UPDATE city_state SET fence=fence+1, lease_owner=@owner, lease_until_ms=@until, due_ms=@due WHERE id=1 AND fence=@fence",
            new { owner, until = now + (long)lease.TotalMilliseconds, due = now + (long)every.TotalMilliseconds, fence = state.Fence }) == 1;
        return taken ? state with { Fence = state.Fence + 1 } : null;
    }

    /// <summary>Ends a pull. One whose turn went to another meanwhile moves nothing forward.</summary>
    public static void EndPull(WriteScope scope, long fence, long? pulledToMs, string? fault) =>
        scope.Execute(
            """
            UPDATE city_state SET lease_owner=NULL, lease_until_ms=NULL, fault=@fault, pulled_to_ms=coalesce(@pulledToMs, pulled_to_ms),
              last_pull_ms=CASE WHEN CAST(@fault AS TEXT) IS NULL THEN @now ELSE last_pull_ms END WHERE id=1 AND fence=@fence
            """, new { fence, pulledToMs, fault, now = scope.Now.ToUnixTimeMilliseconds() });

    public static void Pushed(WriteScope scope) => scope.Execute("UPDATE city_state SET last_push_ms=@now WHERE id=1", new { now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>What the city's list gave back of our newest requests.</summary>
    public static CityEcho Echo(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingle<CityEcho>(
            """
            SELECT COUNT(*) AS Rows, COUNT(*) FILTER (WHERE e.marker_kept=1) AS Markers, COUNT(*) FILTER (WHERE e.place_kept=1) AS Places
            FROM (SELECT marker_kept, place_kept FROM city_links WHERE marker_kept IS NOT NULL ORDER BY linked_ms DESC, request DESC LIMIT 20) AS e
            """, transaction: transaction);

    /// <summary>Requests with these ids of the city that we pushed and have not yet seen on its list.</summary>
    public static HashSet<string> Unseen(DbConnection connection, IReadOnlyList<string> remotes) =>
        remotes.Chunk(500).SelectMany(part => connection.Query<string>(
            "SELECT request FROM city_links WHERE remote IN @part AND origin='push' AND marker_kept IS NULL", new { part })).ToHashSet(StringComparer.Ordinal);

    public static void SaveEcho(WriteScope scope, string request, bool marker, bool place) =>
        scope.Execute("UPDATE city_links SET marker_kept=@marker, place_kept=@place WHERE request=@request",
            new { request, marker = marker ? 1 : 0, place = place ? 1 : 0 });

    private sealed class Row
    {
        public string Request { get; init; } = "";
        public string? Remote { get; init; }
        public string? Origin { get; init; }
        public string? Told { get; init; }
        public string? RemoteStatus { get; init; }
        public string? RemoteNotes { get; init; }
        public long? RemoteUpdatedMs { get; init; }
        public long? AppliedMs { get; init; }

        public CityLink ToLink() => new()
        {
            Request = Request, Remote = Remote, Origin = Origin, Told = Told, RemoteStatus = RemoteStatus, RemoteNotes = RemoteNotes,
            RemoteUpdatedAt = RemoteUpdatedMs is { } updated ? DateTimeOffset.FromUnixTimeMilliseconds(updated) : null,
            AppliedAt = AppliedMs is { } applied ? DateTimeOffset.FromUnixTimeMilliseconds(applied) : null,
        };
    }
}
