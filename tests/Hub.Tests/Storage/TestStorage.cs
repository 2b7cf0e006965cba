using System.Collections.Concurrent;
using Npgsql;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Storage;

/// <summary>
/// Where the hubs of tests keep their records: SQLite, or with <c>FIELD_TEST_STORAGE=postgres</c> one database for each data
/// folder on one real server of this test run, made from a template, one ahead of who asks. A database goes when its folder has gone.
/// </summary>
internal static class TestStorage
{
    private const string Template = "field_template";
    private const string Restored = "-restored";

    private static readonly SemaphoreSlim One = new(1);
    private static readonly Dictionary<string, string> Databases = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, bool> Seen = new(StringComparer.Ordinal);
    private static readonly Lazy<PostgresServer> Running = new(Start);
    private static int made;
    private static Task<string>? ahead;

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("FIELD_TEST_STORAGE") == "postgres";

    /// <summary>The server of this test run, for tests that are about it.</summary>
    public static PostgresServer Server => Running.Value;

    /// <summary>Options of a hub whose data folder this is. The same folder has the same database.</summary>
    public static StorageOptions Options(string folder) =>
        IsPostgres ? new StorageOptions { Folder = folder, Kind = StorageKind.Postgres, Connection = Server.Connection(DatabaseOf(folder)) } : new StorageOptions { Folder = folder };

    /// <summary>The same as arguments of the program.</summary>
    public static string[] Arguments(string folder)
    {
        var options = Options(folder);
        return IsPostgres ? [$"--Storage:Folder={folder}", "--Storage:Kind=postgres", $"--Storage:Connection={options.Connection}"] : [$"--Storage:Folder={folder}"];
    }

    /// <summary>A database of its own, with PostGIS and without tables, on the server of this run.</summary>
    public static async Task<StorageOptions> EmptyPostgresAsync(string folder)
    {
        var name = $"e{Interlocked.Increment(ref made)}";
        await Server.CreateAsync(name);
        return new StorageOptions { Folder = folder, Kind = StorageKind.Postgres, Connection = Server.Connection(name) };
    }

    /// <summary>Restores a backup as the program does, and beside it.</summary>
    /// <returns>The data folder that a hub may be started on.</returns>
    public static async Task<string> RestoreAsync(string backup, IReadOnlyList<BackupStep> steps)
    {
        var folder = backup + Restored;
        var options = new StorageOptions { Folder = folder };
        if (IsPostgres)
        {
            options = await EmptyPostgresAsync(folder);
            Remember(folder, new NpgsqlConnectionStringBuilder(options.Connection).Database!);
        }

        await Restore.RunAsync(backup, options, steps, TimeProvider.System, default);
        return folder;
    }

    /// <summary>Deletes a backup, and what was restored from it.</summary>
    public static void Delete(string backup)
    {
        foreach (var path in (string[])[backup, backup + Restored])
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        }
    }

    private static string DatabaseOf(string folder)
    {
        var path = Path.GetFullPath(folder);
        One.Wait();
        try
        {
            if (Databases.TryGetValue(path, out var name)) return name;
            var next = ahead ?? MakeAsync([]);
            ahead = null;
            name = next.GetAwaiter().GetResult();
            var gone = Databases.Where(d => Seen.ContainsKey(d.Key) && !Directory.Exists(d.Key)).ToList();
            foreach (var (other, _) in gone) Databases.Remove(other);
            // While this test is at work, for the next one.
            ahead = MakeAsync([.. gone.Select(d => d.Value)]);
            Databases[path] = name;
            // A folder may be named before it is made: its database goes when it was there once.
            foreach (var other in Databases.Keys.Where(Directory.Exists)) Seen[other] = true;
            return name;
        }
        finally
        {
            One.Release();
        }
    }

    private static void Remember(string folder, string database)
    {
        One.Wait();
        Databases[Path.GetFullPath(folder)] = database;
        One.Release();
    }

    private static Task<string> MakeAsync(IReadOnlyList<string> gone) => Task.Run(async () =>
    {
        await using var connection = new NpgsqlConnection(Server.Connection("postgres", PostgresServer.Administrator));
        await connection.OpenAsync();
        foreach (var database in gone) await RunAsync(connection, $"DROP DATABASE {database} WITH (FORCE)");
        var name = $"t{Interlocked.Increment(ref made)}";
        // Copied as files: written page by page through the log it costs twice as much.
        await RunAsync(connection, $"CREATE DATABASE {name} TEMPLATE {Template} OWNER {PostgresServer.User} STRATEGY FILE_COPY");
        return name;
    });

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static PostgresServer Start()
    {
        var server = PostgresServer.StartAsync().GetAwaiter().GetResult();
        // It ends with this process.
        server.CreateAsync(Template).GetAwaiter().GetResult();
        var folder = Directory.CreateTempSubdirectory("field-template-").FullName;
        var migrated = new Database(
            new StorageOptions { Folder = folder, Kind = StorageKind.Postgres, Connection = server.Connection(Template) }, new ReactionCatalogue([]), [], TimeProvider.System);
        migrated.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(folder, recursive: true);
        server.ExecuteAsync("postgres", $"ALTER DATABASE {Template} IS_TEMPLATE true").GetAwaiter().GetResult();
        return server;
    }
}
