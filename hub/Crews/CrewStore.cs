using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>SQL of crews and shifts. The canonical order of changes is work time, vehicle, epoch, sequence.</summary>
public static class CrewStore
{
    private const string Summary = "id AS Id, name AS Name, shift AS Shift, vehicle AS Vehicle";
    private const string Change = "vehicle AS Vehicle, epoch AS Epoch, seq AS Seq, work_ms AS WorkMs, shift AS Shift, crew AS Crew, state AS State";

    public static IReadOnlyList<CrewSummary> Summaries(DbConnection connection) =>
        connection.Query<CrewSummary>($"SELECT {Summary} FROM crews ORDER BY id").AsList();

    public static CrewSummary? FindSummary(WriteScope scope, string id) =>
        scope.QueryFirstOrDefault<CrewSummary>($"SELECT {Summary} FROM crews WHERE id=@id", new { id });

    public static IReadOnlyList<Crew> All(DbConnection connection, DbTransaction? transaction = null) =>
        [.. connection.Query<Row>("SELECT id AS Id, name AS Name, members AS Members, skills AS Skills FROM crews ORDER BY id", transaction: transaction)
            .Select(r => new Crew(r.Id, r.Name, Read(r.Members), Read(r.Skills)))];

    /// <returns>False when the id is taken.</returns>
    public static bool Add(WriteScope scope, Crew crew) =>
        scope.Execute(
            """
            INSERT INTO crews (id, name, members, skills, created_ms, shift) VALUES (@Id, @Name, @Members, @Skills, @Now, 'off')
            ON CONFLICT (id) DO NOTHING
            """,
            new
            {
                crew.Id, crew.Name, Members = JsonSerializer.Serialize(crew.Members), Skills = JsonSerializer.Serialize(crew.Skills),
                Now = scope.Now.ToUnixTimeMilliseconds(),
            }) == 1;

    public static void SetPresent(WriteScope scope, string crew, string shift, string? vehicle) =>
        scope.Execute("UPDATE crews SET shift=@shift, vehicle=@vehicle WHERE id=@crew", new { crew, shift, vehicle });

    public static void AddChange(WriteScope scope, ShiftChangeRow change, IReadOnlyList<string> members) =>
        scope.Execute(
            """
            INSERT INTO shift_changes (vehicle, epoch, seq, work_ms, shift, crew, state, members)
            VALUES (@Vehicle, @Epoch, @Seq, @WorkMs, @Shift, @Crew, @State, @Members)
            """,
            new { change.Vehicle, change.Epoch, change.Seq, change.WorkMs, change.Shift, change.Crew, change.State, Members = JsonSerializer.Serialize(members) });

    /// <summary>Gives a change another work time.</summary>
    /// <returns>The shift and the crew to fold again; null when the record is no shift change or its time stays.</returns>
    public static (string Shift, string Crew)? Retime(WriteScope scope, Retimed r) =>
        scope.Query<(string, string)>(
                "UPDATE shift_changes SET work_ms=@AtMs WHERE vehicle=@Vehicle AND epoch=@Epoch AND seq=@Seq AND work_ms<>@AtMs RETURNING shift, crew", r)
            .Select(moved => ((string, string)?)moved).FirstOrDefault();

    public static IReadOnlyList<ShiftChangeRow> ChangesOfShift(WriteScope scope, string shift) =>
        [.. scope.Query<ShiftChangeRow>($"SELECT {Change} FROM shift_changes WHERE shift=@shift ORDER BY work_ms, vehicle, epoch, seq", new { shift })];

    public static Shift? FindShift(DbConnection connection, string id) =>
        connection.QueryFirstOrDefault<ShiftRow>(
            "SELECT id AS Id, crew AS Crew, vehicle AS Vehicle, from_ms AS FromMs, to_ms AS ToMs, state AS State FROM shifts WHERE id=@id", new { id }) is { } r
            ? new Shift(r.Id, r.Crew, r.Vehicle, Time(r.FromMs), r.ToMs is { } to ? Time(to) : null, r.State)
            : null;

    /// <summary>Vehicles that a crew signed on to in one shift.</summary>
    public static List<string> VehiclesOfShift(DbConnection connection, string shift) =>
        connection.Query<string>("SELECT DISTINCT vehicle FROM shift_changes WHERE shift=@shift ORDER BY vehicle", new { shift }).AsList();

    public static ShiftChangeRow? LastOfCrew(WriteScope scope, string crew) =>
        scope.QueryFirstOrDefault<ShiftChangeRow>(
            $"SELECT {Change} FROM shift_changes WHERE crew=@crew ORDER BY work_ms DESC, vehicle DESC, epoch DESC, seq DESC LIMIT 1", new { crew });

    /// <summary>The crew that is signed on to a vehicle; null when none is.</summary>
    public static string? CrewOn(DbConnection connection, DbTransaction? transaction, string vehicle)
    {
        var last = connection.QueryFirstOrDefault<ShiftChangeRow>(
            $"SELECT {Change} FROM shift_changes WHERE vehicle=@vehicle ORDER BY work_ms DESC, epoch DESC, seq DESC LIMIT 1", new { vehicle }, transaction);
        return last is null || last.State == Shift.Off ? null : last.Crew;
    }

    public static void SaveShift(WriteScope scope, Shift shift) =>
        scope.Execute(
            """
            INSERT INTO shifts (id, crew, vehicle, from_ms, to_ms, state) VALUES (@Id, @Crew, @Vehicle, @FromMs, @ToMs, @State)
            ON CONFLICT (id) DO UPDATE SET crew=excluded.crew, vehicle=excluded.vehicle, from_ms=excluded.from_ms,
              to_ms=excluded.to_ms, state=excluded.state
            """,
            new
            {
                shift.Id, shift.Crew, shift.Vehicle, FromMs = shift.From.ToUnixTimeMilliseconds(),
                ToMs = shift.To?.ToUnixTimeMilliseconds(), shift.State,
            });

    public static IReadOnlyList<Shift> Shifts(DbConnection connection, string crew, int most) =>
        [.. connection.Query<ShiftRow>(
                """
                SELECT id AS Id, crew AS Crew, vehicle AS Vehicle, from_ms AS FromMs, to_ms AS ToMs, state AS State
                FROM shifts WHERE crew=@crew ORDER BY from_ms DESC, id LIMIT @most
                """, new { crew, most })
            .Select(r => new Shift(r.Id, r.Crew, r.Vehicle, Time(r.FromMs), r.ToMs is { } to ? Time(to) : null, r.State))];

    /// <summary>Shifts of all crews or of one, on any vehicle or on one, the newest first.</summary>
    /// <param name="connection">For reading.</param>
    /// <param name="crew">Null: of all.</param>
    /// <param name="vehicle">Null: on any.</param>
    /// <param name="after">The shift after which to go on; null: from the newest.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<Shift> NewestShifts(DbConnection connection, string? crew, string? vehicle, string? after, int most) =>
        [.. connection.Query<ShiftRow>(
                """
                SELECT id AS Id, crew AS Crew, vehicle AS Vehicle, from_ms AS FromMs, to_ms AS ToMs, state AS State FROM shifts
                WHERE (@crew IS NULL OR crew=@crew)
                  AND (@vehicle IS NULL OR id IN (SELECT shift FROM shift_changes WHERE vehicle=@vehicle))
                  AND (@after IS NULL OR (from_ms, id) < (SELECT from_ms, id FROM shifts WHERE id=@after))
                ORDER BY from_ms DESC, id DESC LIMIT @most
                """, new { crew, vehicle, after, most })
            .Select(r => new Shift(r.Id, r.Crew, r.Vehicle, Time(r.FromMs), r.ToMs is { } to ? Time(to) : null, r.State))];

    public static string? Name(DbConnection connection, string crew) =>
        connection.QueryFirstOrDefault<string>("SELECT name FROM crews WHERE id=@crew", new { crew });

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static string[] Read(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];

    private sealed record Row(string Id, string Name, string Members, string Skills);

    private sealed record ShiftRow(string Id, string Crew, string Vehicle, long FromMs, long? ToMs, string State);
}
