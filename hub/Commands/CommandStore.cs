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
        expires_ms AS ExpiresMs, state AS State, sent_ms AS SentMs, settled_ms AS SettledMs, detail AS Detail
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

    /// <summary>Commands that no vehicle has answered, oldest first.</summary>
    public static List<VehicleCommand> Open(DbConnection connection) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM commands WHERE state IN ('queued', 'sent') ORDER BY created_ms, id").Select(r => r.ToCommand())];

    public static void MarkSent(WriteScope scope, string id) =>
        scope.Execute("UPDATE commands SET state='sent', sent_ms=@now WHERE id=@id AND state='queued'", new { id, now = scope.Now.ToUnixTimeMilliseconds() });

    public static void Expire(WriteScope scope) =>
        scope.Execute(
            "UPDATE commands SET state='expired', settled_ms=@now WHERE state IN ('queued', 'sent') AND expires_ms<=@now", new { now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>What a vehicle says counts over what the hub supposed. Only of a command that it was given.</summary>
    public static void Settle(WriteScope scope, string id, string vehicle, string state, string? detail) =>
        scope.Execute(
            "UPDATE commands SET state=@state, detail=@detail, settled_ms=@now WHERE id=@id AND vehicle=@vehicle AND state IN ('queued', 'sent', 'expired')",
            new { id, vehicle, state, detail, now = scope.Now.ToUnixTimeMilliseconds() });

    private sealed record Row(
        string Id, string Vehicle, string Kind, string Arguments, long CreatedMs, string CreatedBy, long ExpiresMs, string State, long? SentMs, long? SettledMs,
        string? Detail)
    {
        public VehicleCommand ToCommand() => new()
        {
            Id = Id, Vehicle = Vehicle, Kind = Kind, Arguments = JsonSerializer.Deserialize<Dictionary<string, string>>(Arguments) ?? [],
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs), CreatedBy = CreatedBy, Expires = DateTimeOffset.FromUnixTimeMilliseconds(ExpiresMs),
            State = State, SentAt = Time(SentMs), SettledAt = Time(SettledMs), Detail = Detail,
        };

        private static DateTimeOffset? Time(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
