using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Desks;

/// <summary>SQL of the log of desks.</summary>
public static class DeskStore
{
    private const string Columns =
        "d.id AS Id, d.desk AS Desk, d.at_ms AS AtMs, d.kind AS Kind, d.who AS Who, d.from_who AS FromWho, d.notes AS Notes, d.counts AS Counts";

    /// <summary>Each desk with its last take-over.</summary>
    public static IReadOnlyList<Desk> All(DbConnection connection) =>
        [.. connection.Query<Row>(
                $"""
                 SELECT {Columns} FROM desk_log d JOIN (SELECT desk, MAX(id) AS last FROM desk_log WHERE kind='take-over' GROUP BY desk) t ON t.last=d.id ORDER BY d.desk
                 """)
            .Select(r => new Desk(r.Desk, r.Who, DateTimeOffset.FromUnixTimeMilliseconds(r.AtMs), r.Notes))];

    public static string? Holder(WriteScope scope, string desk) =>
        scope.QueryFirstOrDefault<string>("SELECT who FROM desk_log WHERE desk=@desk AND kind='take-over' ORDER BY id DESC LIMIT 1", new { desk });

    /// <summary>What somebody entered under an id of theirs; null when nothing.</summary>
    public static DeskEntry? Known(WriteScope scope, string whoId, string clientId) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM desk_log d WHERE d.who_id=@whoId AND d.client_id=@clientId", new { whoId, clientId })?.ToEntry();

    public static DeskEntry Add(WriteScope scope, string desk, string kind, string who, string whoId, string? from, string notes, DeskCounts counts, string clientId)
    {
        var at = scope.Now.ToUnixTimeMilliseconds();
        var json = JsonSerializer.Serialize(counts, HubJson.Options);
        var id = scope.QueryFirstOrDefault<long>(
            """
            INSERT INTO desk_log (desk, at_ms, kind, who, who_id, from_who, notes, counts, client_id)
            VALUES (@desk, @at, @kind, @who, @whoId, @from, @notes, @json, @clientId) RETURNING id
            """, new { desk, at, kind, who, whoId, from, notes, json, clientId });
        return new DeskEntry { Id = id, Desk = desk, At = DateTimeOffset.FromUnixTimeMilliseconds(at), Kind = kind, Who = who, From = from, Notes = notes, Counts = counts };
    }

    /// <summary>One page of a desk's log, newest first, before an entry.</summary>
    public static IReadOnlyList<DeskEntry> Page(DbConnection connection, string desk, long before, int limit) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM desk_log d WHERE d.desk=@desk AND d.id<@before ORDER BY d.id DESC LIMIT @limit", new { desk, before, limit })
            .Select(r => r.ToEntry())];

    private sealed record Row(long Id, string Desk, long AtMs, string Kind, string Who, string? FromWho, string Notes, string Counts)
    {
        public DeskEntry ToEntry() => new()
        {
            Id = Id, Desk = Desk, At = DateTimeOffset.FromUnixTimeMilliseconds(AtMs), Kind = Kind, Who = Who, From = FromWho, Notes = Notes,
            Counts = JsonSerializer.Deserialize<DeskCounts>(Counts, HubJson.Options)!,
        };
    }
}
