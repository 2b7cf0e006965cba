using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>SQL of the table <c>commands</c>.</summary>
public static class CommandStore
{
    private const string Columns =
        """
        id AS Id, vehicle AS Vehicle, kind AS Kind, arguments AS Arguments, created_ms AS CreatedMs, created_by AS CreatedBy,
        expires_ms AS ExpiresMs, state AS State, sent_ms AS SentMs, settled_ms AS SettledMs, detail AS Detail,
        file_sha256 AS FileSha256, file_bytes AS FileBytes, file_gone_ms AS FileGoneMs
        """;

    public static void Add(WriteScope scope, VehicleCommand c) =>
        scope.Execute(
            """
            INSERT INTO commands (id, vehicle, kind, arguments, created_ms, created_by, expires_ms, state)
            VALUES (@Id, @Vehicle, @Kind, @arguments, @created, @CreatedBy, @expires, @State)
            """,
            new
            {
                c.Id, c.Vehicle, c.Kind, arguments = JsonSerializer.Serialize(c.Arguments), created = c.CreatedAt.ToUnixTimeMilliseconds(), c.CreatedBy,
                expires = c.Expires.ToUnixTimeMilliseconds(), c.State,
            });

    /// <summary>A vehicle's newest commands, newest first.</summary>
    public static List<VehicleCommand> Of(DbConnection connection, string vehicle, int most) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM commands WHERE vehicle=@vehicle ORDER BY created_ms DESC, id LIMIT @most", new { vehicle, most })
            .Select(r => r.ToCommand())];

    public static VehicleCommand? Find(DbConnection connection, string vehicle, string id) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM commands WHERE vehicle=@vehicle AND id=@id", new { vehicle, id })?.ToCommand();

    /// <summary>What kind of command a vehicle was given under this id; null for none.</summary>
    public static string? KindOf(WriteScope scope, string vehicle, string id) =>
        scope.QueryFirstOrDefault<string>("SELECT kind FROM commands WHERE vehicle=@vehicle AND id=@id", new { vehicle, id });

    /// <summary>Notes the file that a result names.</summary>
    public static void NoteFile(WriteScope scope, string vehicle, string id, string sha256, long bytes) =>
        scope.Execute(
            "UPDATE commands SET file_sha256=@sha256, file_bytes=@bytes WHERE id=@id AND vehicle=@vehicle AND file_sha256 IS NULL", new { id, vehicle, sha256, bytes });

    /// <summary>Files that were kept long enough.</summary>
    public static IReadOnlyList<VehicleCommand> OldFiles(DbConnection connection, DateTimeOffset before) =>
        [.. connection.Query<Row>(
            $"SELECT {Columns} FROM commands WHERE file_sha256 IS NOT NULL AND file_gone_ms IS NULL AND settled_ms<@before ORDER BY settled_ms, id LIMIT 100",
            new { before = before.ToUnixTimeMilliseconds() }).Select(r => r.ToCommand())];

    public static void MarkGone(WriteScope scope, string id) =>
        scope.Execute("UPDATE commands SET file_gone_ms=@now WHERE id=@id", new { id, now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>Takes back a command that no vehicle has answered.</summary>
    /// <returns>False when it is settled.</returns>
    public static bool Cancel(WriteScope scope, string id, string vehicle, string detail) =>
        scope.Execute(
            "UPDATE commands SET state='cancelled', detail=@detail, settled_ms=@now WHERE id=@id AND vehicle=@vehicle AND state IN ('queued', 'sent')",
            new { id, vehicle, detail, now = scope.Now.ToUnixTimeMilliseconds() }) == 1;

    /// <summary>Ends the wipes that wait for a vehicle: they were meant for the computer that it was until now.</summary>
    /// <returns>Their ids.</returns>
    public static IReadOnlyList<string> EndWipes(WriteScope scope, string vehicle, string detail)
    {
        var open = scope.Query<string>("SELECT id FROM commands WHERE vehicle=@vehicle AND kind=@Wipe AND state IN ('queued', 'sent', 'expired') ORDER BY id", new { vehicle, CommandKinds.Wipe }).ToList();
        foreach (var id in open)
            scope.Execute("UPDATE commands SET state='failed', detail=@detail, settled_ms=@now WHERE id=@id", new { id, detail, now = scope.Now.ToUnixTimeMilliseconds() });
        return open;
    }

    /// <summary>Commands that no vehicle has answered, oldest first.</summary>
    public static List<VehicleCommand> Open(DbConnection connection) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM commands WHERE state IN ('queued', 'sent') ORDER BY created_ms, id").Select(r => r.ToCommand())];

    public static void MarkSent(WriteScope scope, string id) =>
        scope.Execute("UPDATE commands SET state='sent', sent_ms=@now WHERE id=@id AND state='queued'", new { id, now = scope.Now.ToUnixTimeMilliseconds() });

    public static void Expire(WriteScope scope) =>
        scope.Execute(
            "UPDATE commands SET state='expired', settled_ms=@now WHERE state IN ('queued', 'sent') AND expires_ms<=@now", new { now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>What a vehicle says counts over what the hub supposed. Only of a command that it was given.</summary>
    /// <returns>False when it was settled before.</returns>
    public static bool Settle(WriteScope scope, string id, string vehicle, string state, string? detail) =>
        scope.Execute(
            "UPDATE commands SET state=@state, detail=@detail, settled_ms=@now WHERE id=@id AND vehicle=@vehicle AND state IN ('queued', 'sent', 'expired', 'cancelled')",
            new { id, vehicle, state, detail, now = scope.Now.ToUnixTimeMilliseconds() }) == 1;

    private sealed record Row(
        string Id, string Vehicle, string Kind, string Arguments, long CreatedMs, string CreatedBy, long ExpiresMs, string State, long? SentMs, long? SettledMs,
        string? Detail, string? FileSha256, long? FileBytes, long? FileGoneMs)
    {
        public VehicleCommand ToCommand() => new()
        {
            Id = Id, Vehicle = Vehicle, Kind = Kind, Arguments = JsonSerializer.Deserialize<Dictionary<string, string>>(Arguments) ?? [],
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs), CreatedBy = CreatedBy, Expires = DateTimeOffset.FromUnixTimeMilliseconds(ExpiresMs),
            State = State, SentAt = Time(SentMs), SettledAt = Time(SettledMs), Detail = Detail,
            File = FileSha256 is { } sha256 ? new CommandFile(sha256, FileBytes ?? 0, FileGoneMs is null ? "on-its-way" : "gone", 0) : null,
        };

        private static DateTimeOffset? Time(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
