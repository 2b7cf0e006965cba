using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using System.Data.Common;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// The append-only log of who did what. Each row's hash covers the row and the hash before it, and the database refuses
/// to change or delete rows, so a row that somebody removed or rewrote by other means shows in <see cref="Verify"/>.
/// </summary>
public static class Audit
{
    private const string Columns =
        "id AS Id, at_ms AS AtMs, actor_kind AS ActorKind, actor AS ActorId, actor_name AS ActorName, role AS Role, action AS Action, subject AS Subject, detail AS Detail, hash AS Hash";

    /// <summary>Writes one entry in the transaction of what was done. Nothing secret belongs in it.</summary>
    /// <param name="scope">The transaction of the deed itself.</param>
    /// <param name="actor">Who: <c>HttpContext.Actor()</c>.</param>
    /// <param name="action">What, as <c>noun.verb</c>: <c>key.create</c>.</param>
    /// <param name="subject">To what: an id or number.</param>
    /// <param name="detail">Anything a reader needs to understand it; plain text or JSON.</param>
    public static void Write(WriteScope scope, Actor actor, string action, string subject, string detail = "")
    {
        var last = scope.QueryFirstOrDefault<AuditEntry>($"SELECT {Columns} FROM audit ORDER BY id DESC LIMIT 1");
        var entry = new AuditEntry
        {
            Id = (last?.Id ?? 0) + 1,
            AtMs = scope.Now.ToUnixTimeMilliseconds(),
            ActorKind = actor.Kind.ToString().ToLowerInvariant(),
            ActorId = actor.Id,
            ActorName = actor.Name,
            Role = actor.Role,
            Action = action,
            Subject = subject,
            Detail = detail,
        };
        scope.Execute(
            """
            INSERT INTO audit (id, at_ms, actor_kind, actor, actor_name, role, action, subject, detail, hash)
            VALUES (@Id, @AtMs, @ActorKind, @ActorId, @ActorName, @Role, @Action, @Subject, @Detail, @Hash)
            """,
            entry with { Hash = HashOf(entry, last?.Hash ?? "") });
        scope.Execute("UPDATE audit_tail SET id=@Id", new { entry.Id });
    }

    /// <returns>Entries before <paramref name="before"/>, newest first.</returns>
    public static IReadOnlyList<AuditEntry> Read(DbConnection connection, long before, int limit) =>
        connection.Query<AuditEntry>($"SELECT {Columns} FROM audit WHERE id<@before ORDER BY id DESC LIMIT @limit", new { before, limit }).AsList();

    /// <returns>The id at which the chain first breaks, or null when it is whole.</returns>
    public static long? Verify(DbConnection connection)
    {
        var hash = "";
        long expected = 1;
        foreach (var entry in connection.Query<AuditEntry>($"SELECT {Columns} FROM audit ORDER BY id", buffered: false))
        {
            if (entry.Id != expected || entry.Hash != HashOf(entry, hash)) return expected;
            hash = entry.Hash;
            expected++;
        }

        // The chain alone cannot miss its own tail.
        var given = connection.QueryFirstOrDefault<long>("SELECT id FROM audit_tail");
        return given >= expected ? expected : null;
    }

    private static string HashOf(AuditEntry entry, string previous) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<object[]>(
    [
        previous, entry.Id, entry.AtMs, entry.ActorKind, entry.ActorId, entry.ActorName, entry.Role, entry.Action, entry.Subject, entry.Detail,
    ])));
}
