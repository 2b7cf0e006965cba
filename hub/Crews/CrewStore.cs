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
    private const string Change =
        "vehicle AS Vehicle, epoch AS Epoch, seq AS Seq, work_ms AS WorkMs, shift AS Shift, crew AS Crew, state AS State, members AS Members";
    private const string ShiftColumns = "id AS Id, crew AS Crew, vehicle AS Vehicle, from_ms AS FromMs, to_ms AS ToMs, state AS State, ended AS Ended";

    public static IReadOnlyList<CrewSummary> Summaries(DbConnection connection) =>
        connection.Query<CrewSummary>($"SELECT {Summary} FROM crews ORDER BY id").AsList();

    public static CrewSummary? FindSummary(WriteScope scope, string id) =>
        scope.QueryFirstOrDefault<CrewSummary>($"SELECT {Summary} FROM crews WHERE id=@id", new { id });

    public static IReadOnlyList<Crew> All(DbConnection connection, DbTransaction? transaction = null) =>
        [.. connection.Query<Row>(
                "SELECT id AS Id, name AS Name, members AS Members, skills AS Skills, contractor AS Contractor, equipment AS Equipment, districts AS Districts FROM crews ORDER BY id",
                transaction: transaction)
            .Select(r => new Crew(r.Id, r.Name, Read(r.Members), Read(r.Skills), r.Contractor)
            {
                Equipment = r.Equipment is null ? null : Read(r.Equipment), Districts = Read(r.Districts),
            })];

    /// <summary>Crews that work for a contractor.</summary>
    public static List<string> OfContractor(DbConnection connection, string contractor) =>
        connection.Query<string>("SELECT id FROM crews WHERE contractor=@contractor ORDER BY id", new { contractor }).AsList();

    /// <returns>False when the id is taken.</returns>
    public static bool Add(WriteScope scope, Crew crew) =>
        scope.Execute(
            """
            INSERT INTO crews (id, name, members, skills, created_ms, shift, contractor, equipment, districts)
            VALUES (@Id, @Name, @Members, @Skills, @Now, 'off', @Contractor, @Equipment, @Districts)
            ON CONFLICT (id) DO NOTHING
            """, Parameters(scope, crew)) == 1;

    /// <returns>False when there is none.</returns>
    public static bool Rewrite(WriteScope scope, Crew crew) =>
        scope.Execute(
            "UPDATE crews SET name=@Name, members=@Members, skills=@Skills, contractor=@Contractor, equipment=@Equipment, districts=@Districts WHERE id=@Id",
            Parameters(scope, crew)) == 1;

    private static object Parameters(WriteScope scope, Crew crew) => new
    {
        crew.Id, crew.Name, crew.Contractor, Members = JsonSerializer.Serialize(crew.Members), Skills = JsonSerializer.Serialize(crew.Skills),
        Equipment = crew.Equipment is null ? null : JsonSerializer.Serialize(crew.Equipment), Districts = JsonSerializer.Serialize(crew.Districts),
        Now = scope.Now.ToUnixTimeMilliseconds(),
    };

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

    public static Shift? FindShift(DbConnection connection, string id, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<ShiftRow>($"SELECT {ShiftColumns} FROM shifts WHERE id=@id", new { id }, transaction)?.ToShift();

    /// <summary>Shifts of a crew that nobody signed off, or that ended because it signed on elsewhere: what a new change may end or prolong.</summary>
    public static List<string> UnsignedShifts(WriteScope scope, string crew) =>
        [.. scope.Query<string>("SELECT id FROM shifts WHERE crew=@crew AND (ended IS NULL OR ended<>'signed-off') ORDER BY from_ms DESC LIMIT 50", new { crew })];

    /// <summary>Shifts that last and began before a time, the oldest first.</summary>
    public static List<string> LastingSince(DbConnection connection, long beforeMs, int most) =>
        connection.Query<string>("SELECT id FROM shifts WHERE to_ms IS NULL AND from_ms<@beforeMs ORDER BY from_ms, id LIMIT @most", new { beforeMs, most }).AsList();

    /// <summary>When a crew first changed another shift after a time; null when it didn't.</summary>
    public static long? NextElsewhere(WriteScope scope, string crew, string shift, long afterMs) =>
        scope.QueryFirstOrDefault<long?>(
            "SELECT MIN(work_ms) FROM shift_changes WHERE crew=@crew AND shift<>@shift AND state<>'off' AND work_ms>@afterMs", new { crew, shift, afterMs });

    /// <summary>How many were on board at a time in a shift; null when the hub never heard of the shift.</summary>
    public static int? MembersAt(DbConnection connection, DbTransaction? transaction, string shift, long atMs) =>
        connection.QueryFirstOrDefault<string>(
            """
            SELECT members FROM shift_changes WHERE shift=@shift AND state<>'off'
            ORDER BY CASE WHEN work_ms<=@atMs THEN 0 ELSE 1 END, CASE WHEN work_ms<=@atMs THEN -work_ms ELSE work_ms END, vehicle, epoch, seq LIMIT 1
            """, new { shift, atMs }, transaction) is { } members ? Read(members).Length : null;

    /// <summary>A crew's shift at a time; null when it had none.</summary>
    public static string? ShiftAt(WriteScope scope, string crew, long atMs) =>
        scope.QueryFirstOrDefault<string>(
            "SELECT id FROM shifts WHERE crew=@crew AND from_ms<=@atMs AND (to_ms IS NULL OR to_ms>=@atMs) ORDER BY from_ms DESC, id LIMIT 1", new { crew, atMs });

    /// <summary>The crew's shift that lasts, the newest one; null when it is off shift.</summary>
    public static Shift? Lasting(DbConnection connection, DbTransaction? transaction, string crew) =>
        connection.QueryFirstOrDefault<ShiftRow>(
            $"SELECT {ShiftColumns} FROM shifts WHERE crew=@crew AND to_ms IS NULL ORDER BY from_ms DESC, id DESC LIMIT 1", new { crew }, transaction)?.ToShift();

    /// <summary>Whether a change was entered under an epoch of its own.</summary>
    public static bool HasChange(WriteScope scope, string crew, string epoch) =>
        scope.QueryFirstOrDefault<string>("SELECT shift FROM shift_changes WHERE crew=@crew AND epoch=@epoch", new { crew, epoch }) is not null;

    /// <summary>Vehicles that a crew signed on to in one shift.</summary>
    public static List<string> VehiclesOfShift(DbConnection connection, string shift) =>
        connection.Query<string>("SELECT DISTINCT vehicle FROM shift_changes WHERE shift=@shift AND vehicle<>@radio ORDER BY vehicle", new { shift, radio = ShiftChangeRow.NoVehicle }).AsList();

    public static ShiftChangeRow? LastOfCrew(DbConnection connection, DbTransaction? transaction, string crew) =>
        connection.QueryFirstOrDefault<ShiftChangeRow>(
            $"SELECT {Change} FROM shift_changes WHERE crew=@crew ORDER BY work_ms DESC, vehicle DESC, epoch DESC, seq DESC LIMIT 1", new { crew }, transaction);

    /// <summary>The crew that is signed on to a vehicle; null when none is, or when it has signed on to another one since.</summary>
    public static string? CrewOn(DbConnection connection, DbTransaction? transaction, string vehicle)
    {
        var last = connection.QueryFirstOrDefault<ShiftChangeRow>(
            $"SELECT {Change} FROM shift_changes WHERE vehicle=@vehicle ORDER BY work_ms DESC, epoch DESC, seq DESC LIMIT 1", new { vehicle }, transaction);
        if (last is null || last.State == Shift.Off) return null;
        return LastOfCrew(connection, transaction, last.Crew)?.Vehicle == vehicle ? last.Crew : null;
    }

    public static void SaveShift(WriteScope scope, Shift shift) =>
        scope.Execute(
            """
            INSERT INTO shifts (id, crew, vehicle, from_ms, to_ms, state, ended) VALUES (@Id, @Crew, @Vehicle, @FromMs, @ToMs, @State, @Ended)
            ON CONFLICT (id) DO UPDATE SET crew=excluded.crew, vehicle=excluded.vehicle, from_ms=excluded.from_ms,
              to_ms=excluded.to_ms, state=excluded.state, ended=excluded.ended
            """,
            new
            {
                shift.Id, shift.Crew, shift.Vehicle, FromMs = shift.From.ToUnixTimeMilliseconds(),
                ToMs = shift.To?.ToUnixTimeMilliseconds(), shift.State, shift.Ended,
            });

    public static IReadOnlyList<Shift> Shifts(DbConnection connection, string crew, int most) =>
        [.. connection.Query<ShiftRow>($"SELECT {ShiftColumns} FROM shifts WHERE crew=@crew ORDER BY from_ms DESC, id LIMIT @most", new { crew, most })
            .Select(r => r.ToShift())];

    /// <summary>Shifts of all crews or of one, on any vehicle or on one, the newest first.</summary>
    /// <param name="connection">For reading.</param>
    /// <param name="crew">Null: of all.</param>
    /// <param name="vehicle">Null: on any.</param>
    /// <param name="after">The shift after which to go on; null: from the newest.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<Shift> NewestShifts(DbConnection connection, string? crew, string? vehicle, string? after, int most)
    {
        string[] where =
        [
            .. crew is null ? [] : new[] { "crew=@crew" },
            .. vehicle is null ? [] : new[] { "id IN (SELECT shift FROM shift_changes WHERE vehicle=@vehicle)" },
            .. after is null ? [] : new[] { "(from_ms, id) < (SELECT from_ms, id FROM shifts WHERE id=@after)" },
        ];
        return [.. connection.Query<ShiftRow>(
                $"SELECT {ShiftColumns} FROM shifts {(where.Length == 0 ? "" : "WHERE " + string.Join(" AND ", where))} ORDER BY from_ms DESC, id DESC LIMIT @most",
                new { crew, vehicle, after, most })
            .Select(r => r.ToShift())];
    }

    public static string? Name(DbConnection connection, string crew) =>
        connection.QueryFirstOrDefault<string>("SELECT name FROM crews WHERE id=@crew", new { crew });

    private static string[] Read(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];

    private sealed record Row(string Id, string Name, string Members, string Skills, string? Contractor, string? Equipment, string Districts);

    private sealed record ShiftRow(string Id, string Crew, string Vehicle, long FromMs, long? ToMs, string State, string? Ended)
    {
        public Shift ToShift() => new(Id, Crew, Vehicle, Time(FromMs), ToMs is { } to ? Time(to) : null, State, Ended);

        private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
    }
}
