using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;
using PostgresServer = ThreeOneOne.Field.Support.PostgresServer;

namespace ThreeOneOne.Field.Hub.Tests.Storage;

/// <summary>What only PostgreSQL can do to a hub, on a real server.</summary>
[Trait("Store", "Postgres")]
public sealed class PostgresTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("field-pg-").FullName;
    private readonly SaidLines said = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_was_returned_survives_the_servers_sudden_end_and_the_hub_goes_on_when_it_is_back()
    {
        await using var server = await PostgresServer.StartAsync(durable: true);
        await server.CreateAsync("hub");
        await using var database = Open(new StorageOptions { Folder = folder, Kind = StorageKind.Postgres, Connection = server.Connection("hub"), Serves = true });
        await WriteAsync(database, "CREATE TABLE t (n INTEGER NOT NULL)");
        await WriteAsync(database, "INSERT INTO t VALUES (1)");
        var counted = await ReadAsync(database, "SELECT n FROM t");

        await server.KillAsync();
        var failed = await Assert.ThrowsAnyAsync<DbException>(() => WriteAsync(database, "INSERT INTO t VALUES (2)"));
        Assert.True(StoreTrouble.Is(failed), failed.ToString());
        await Assert.ThrowsAnyAsync<DbException>(() => ReadAsync(database, "SELECT n FROM t"));
        await Assert.ThrowsAnyAsync<DbException>(() => WriteAsync(database, "INSERT INTO t VALUES (3)"));
        Assert.Single(said.Lines, l => l.Contains("is lost", StringComparison.Ordinal));

        await server.StartAgainAsync();
        await WriteAsync(database, "INSERT INTO t VALUES (4)");
        await Eventually.TrueAsync(async () => (await TryReadAsync(database, "SELECT n FROM t ORDER BY n")) is [1, 4], "readers connect again, too");
        Assert.Equal([1L], counted);
        Assert.Single(said.Lines, l => l.Contains("answers again after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_socket_in_a_folder_serves_as_well_as_a_port()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.CreateAsync("hub");
        await using var database = Open(new StorageOptions { Folder = folder, Kind = StorageKind.Postgres, Connection = server.Socket("hub"), Serves = true });
        await WriteAsync(database, "CREATE TABLE t (n INTEGER NOT NULL)");
        await WriteAsync(database, "INSERT INTO t VALUES (1)");
        Assert.Equal([1L], await ReadAsync(database, "SELECT n FROM t"));
    }

    [Fact]
    public async Task A_statement_stays_prepared_and_is_made_anew_on_another_connection()
    {
        var options = await TestStorage.EmptyPostgresAsync(folder);
        await using var database = Open(options);
        await WriteAsync(database, "CREATE TABLE t (n BIGINT PRIMARY KEY, b BYTEA, s TEXT)");
        Task<int> AddAsync(long n) => database.WriteAsync(
            s => s.Statement("INSERT INTO t (n, b, s) VALUES (?1, ?2, ?3) ON CONFLICT (n) DO NOTHING").Bind(1, n).Bind(2, [1, 2, (byte)n]).Bind(3, $"no {n}").Run(),
            WritePriority.Interactive, default);
        Assert.Equal((1, 1, 0), (await AddAsync(1), await AddAsync(2), await AddAsync(2)));
        await EndSessionsAsync(options);
        Assert.Equal(1, await AddAsync(3));
        var found = await database.WriteAsync(
            s =>
            {
                var rows = s.Statement("SELECT n, b, s FROM t WHERE n>=?1 ORDER BY n").Bind(1, 2);
                var list = new List<string>();
                // Another command runs while rows are left.
                while (rows.Next()) list.Add($"{rows.Number(0)} {Convert.ToHexString(rows.Blob(1))} {rows.Text(2)} {s.QueryFirstOrDefault<long>("SELECT COUNT(*) FROM t")}");
                return list;
            },
            WritePriority.Interactive, default);
        Assert.Equal(["2 010202 no 2 3", "3 010203 no 3 3"], found);
    }

    [Fact]
    public async Task Cells_are_held_to_the_end_and_taken_in_their_order()
    {
        var options = await TestStorage.EmptyPostgresAsync(folder);
        await using var database = Open(options);
        await using var other = new NpgsqlConnection(options.Connection);
        await other.OpenAsync();
        bool IsFree(long cell) => other.QuerySingle<bool>("SELECT pg_try_advisory_xact_lock(@cell)", new { cell });
        await database.WriteAsync(
            scope =>
            {
                scope.LockCells([5, 3, 3, -8]);
                scope.LockCells([]);
                Assert.Equal((false, false, false, true), (IsFree(5), IsFree(3), IsFree(-8), IsFree(4)));
            },
            WritePriority.Interactive, default);
        Assert.True(IsFree(5));

        // Somebody else holds the one in the middle: the smaller is taken, the larger is not.
        await other.ExecuteAsync("SELECT pg_advisory_lock(5)");
        var waiting = database.WriteAsync(scope => scope.LockCells([9, 5, 1]), WritePriority.Interactive, default);
        await Eventually.TrueAsync(
            async () => (await other.QueryAsync<long>("SELECT objid FROM pg_locks WHERE locktype='advisory' AND NOT granted")).Contains(5), "it waits for the second");
        Assert.Equal((false, true), (IsFree(1), IsFree(9)));
        Assert.False(waiting.IsCompleted);
        await other.ExecuteAsync("SELECT pg_advisory_unlock(5)");
        await waiting;
    }

    [Fact]
    public async Task Whoever_looks_for_requests_nearby_holds_the_cells_in_reach()
    {
        var options = await TestStorage.EmptyPostgresAsync(folder);
        await using var database = Open(options);
        await using var other = new NpgsqlConnection(options.Connection);
        await other.OpenAsync();
        var at = new GeoPoint(42.37, -71.1);
        bool IsFree(long cell) => other.QuerySingle<bool>("SELECT pg_try_advisory_xact_lock(@cell)", new { cell });
        await database.WriteAsync(
            scope =>
            {
                Assert.Empty(TicketStore.Near(scope, "pothole", at, 30));
                Assert.All(Grid.Around(at, 30, Grid.Fine), cell => Assert.False(IsFree(cell)));
                Assert.True(IsFree(Grid.Cell(at.MovedByM(2_000, 0), Grid.Fine)));
            },
            WritePriority.Interactive, default);
        Assert.True(IsFree(Grid.Cell(at, Grid.Fine)));
    }

    [Fact]
    public async Task A_pending_event_that_somebody_has_in_hand_is_passed_over()
    {
        var options = await TestStorage.EmptyPostgresAsync(folder);
        var reaction = new Noting();
        using var catalogue = new ReactionCatalogue([new ReactionEntry(reaction.Name, typeof(Noted))]);
        await using var database = new Database(options, catalogue, [], TimeProvider.System);
        foreach (var n in Enumerable.Range(1, 3)) await database.WriteAsync(s => s.Raise(new Noted(n)), WritePriority.Interactive, default);
        using var room = new ReactionRunner(
            database, catalogue, [reaction], new DiskRoom(TimeProvider.System, NullLogger<DiskRoom>.Instance), TimeProvider.System, NullLogger<ReactionRunner>.Instance);
        await using (var other = new NpgsqlConnection(options.Connection))
        {
            await other.OpenAsync();
            await using var claim = await other.BeginTransactionAsync();
            await other.ExecuteAsync("SELECT 1 FROM event_pending ORDER BY id LIMIT 1 FOR UPDATE", transaction: claim);
            await room.RunDueAsync(reaction, default);
            Assert.Equal([2, 3], reaction.Seen);
        }

        await room.RunDueAsync(reaction, default);
        Assert.Equal([2, 3, 1], reaction.Seen);
    }

    [Fact]
    public async Task Text_that_postgres_cannot_keep_is_marked_where_it_is_wrong()
    {
        await using var database = Open(await TestStorage.EmptyPostgresAsync(folder));
        await WriteAsync(database, "CREATE TABLE t (s TEXT NOT NULL)");
        await database.WriteAsync(
            scope =>
            {
                scope.Execute("INSERT INTO t VALUES (@s)", new { s = "1 a\0b \ud800 \U0001F6A7" });
                scope.Statement("INSERT INTO t VALUES (?1)").Bind(1, "2 \udc00\0").Run();
            },
            WritePriority.Interactive, default);
        Assert.Equal(["1 a\uFFFDb \uFFFD \U0001F6A7", "2 \uFFFD\uFFFD"], await database.ReadAsync(c => c.Query<string>("SELECT s FROM t ORDER BY s").ToList(), default));
    }

    [Fact]
    public async Task Places_are_geometry_for_a_gis()
    {
        var options = await TestStorage.EmptyPostgresAsync(folder);
        await using var database = Open(options);
        await WriteAsync(database,
            """
            INSERT INTO sites (id, kind, lat, lon, belief, supported, passes_for, passes_against, severity, first_ms, last_ms)
            VALUES ('pothole:1', 'pothole', 42.5, -71.25, 0.5, 1, 3, 0, 9, 1, 2)
            """);
        var name = new NpgsqlConnectionStringBuilder(options.Connection).Database!;
        Assert.Equal("SRID=4326;POINT(-71.25 42.5)\n", await TestStorage.Server.ExecuteAsync(name, "SELECT ST_AsEWKT(place) FROM sites"));
        Assert.Equal(
            "requests\nsites\nwork_orders\n",
            await TestStorage.Server.ExecuteAsync(name, "SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%USING gist (place)%' ORDER BY 1"));
        Assert.Equal("POINT|2|4326\n", await TestStorage.Server.ExecuteAsync(name, "SELECT type, coord_dimension, srid FROM geometry_columns WHERE f_table_name='sites'"));
    }

    [Fact]
    public async Task Processes_that_start_at_once_migrate_once()
    {
        var options = await TestStorage.EmptyPostgresAsync(folder);
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open(options))));
        Assert.NotEqual(0, (await ReadAsync(databases[3], "SELECT COUNT(*) FROM migrations"))[0]);
        foreach (var database in databases) await database.DisposeAsync();
    }

    private Database Open(StorageOptions options) => new(options, new ReactionCatalogue([]), [], TimeProvider.System, new Logger<Database>(new LoggerFactory([said])));

    private static Task<int> WriteAsync(Database database, string sql) => database.WriteAsync(s => s.Execute(sql), WritePriority.Interactive, default);

    private static Task<List<long>> ReadAsync(Database database, string sql) => database.ReadAsync(c => c.Query<long>(sql).ToList(), default);

    private static async Task<List<long>?> TryReadAsync(Database database, string sql)
    {
        try
        {
            return await ReadAsync(database, sql);
        }
        catch (DbException)
        {
            return null;
        }
    }

    private static Task<string> EndSessionsAsync(StorageOptions options) => TestStorage.Server.ExecuteAsync(
        new NpgsqlConnectionStringBuilder(options.Connection).Database!,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname=current_database() AND pid<>pg_backend_pid()");

    public sealed record Noted(int N);

    private sealed class Noting : Reaction<Noted>
    {
        public List<int> Seen { get; } = [];

        public override string Name => "tests.noting";

        protected override void React(WriteScope scope, Noted hubEvent) => Seen.Add(hubEvent.N);
    }
}
