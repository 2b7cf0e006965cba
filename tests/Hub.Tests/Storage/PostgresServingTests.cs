using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Support;
using PostgresServer = ThreeOneOne.Field.Support.PostgresServer;

namespace ThreeOneOne.Field.Hub.Tests.Storage;

/// <summary>Which hub may serve a database of PostgreSQL, and which database it will not serve.</summary>
[Trait("Store", "Postgres")]
public sealed class PostgresServingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("field-pg-").FullName;
    private readonly SaidLines said = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_second_hub_stands_by_and_serves_when_the_first_has_ended()
    {
        var options = await ServingAsync();
        var first = Open(options);
        // Commands work beside it, and one that needs the data for itself is refused.
        await using (var command = Open(new StorageOptions { Folder = folder, Kind = options.Kind, Connection = options.Connection })) await TouchAsync(command);
        var alone = new StorageOptions { Folder = folder, Kind = options.Kind, Connection = options.Connection, Serves = true };
        Assert.Contains("end it first", Assert.Throws<InvalidOperationException>(() => Open(alone)).Message, StringComparison.Ordinal);

        var second = Task.Run(() => Open(options));
        await Eventually.TrueAsync(() => said.Lines.Any(l => l.Contains("this hub stands by", StringComparison.Ordinal)), "it says that it stands by");
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await using var serving = await second;
        await TouchAsync(serving);
    }

    [Fact]
    public async Task A_hub_that_lost_its_connection_serves_on_unless_another_has_taken_over()
    {
        var options = await ServingAsync();
        await using var first = Open(options);
        await TouchAsync(first);
        await EndSessionsAsync(options);
        await TouchAsync(first);
        Assert.False(first.TakenOver.IsCompleted);

        var standby = Task.Run(() => Open(options));
        await Eventually.TrueAsync(() => said.Lines.Any(l => l.Contains("this hub stands by", StringComparison.Ordinal)), "the other stands by");
        // Only the first one's session ends, as when its machine loses the network.
        await TestStorage.Server.ExecuteAsync(
            Name(options), "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype='advisory' AND classid=311 AND objid=1 AND objsubid=2 AND granted AND database=(SELECT oid FROM pg_database WHERE datname=current_database())");
        await using var second = await standby;
        await TouchAsync(second);
        var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => TouchAsync(first));
        Assert.Contains("taken", ended.Message, StringComparison.Ordinal);
        await first.TakenOver.WaitAsync(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => TouchAsync(first));
    }

    [Fact]
    public async Task A_database_that_was_restored_by_hand_begins_anew_once()
    {
        var options = await TestStorage.EmptyPostgresAsync(folder);
        var begun = 0;
        BackupStep[] steps = [(connection, _) =>
        {
            begun++;
            connection.Execute("DELETE FROM downlink_era");
        }];
        await using (var lost = Open(options))
        {
            Assert.False(await lost.BeginAnewAsync(steps, restored: false, default));
            Assert.False(await lost.BeginAnewAsync(steps, restored: false, default));
            await lost.WriteAsync(s => s.Execute("INSERT INTO downlink_era VALUES ('lost')"), WritePriority.Interactive, default);
        }

        await TestStorage.Server.ExecuteAsync("postgres", $"CREATE DATABASE {Name(options)}_copy TEMPLATE {Name(options)} OWNER {PostgresServer.User}");
        await using var restored = Open(new StorageOptions { Folder = folder, Kind = options.Kind, Connection = TestStorage.Server.Connection(Name(options) + "_copy") });
        Assert.Equal((true, false), (await restored.BeginAnewAsync(steps, restored: false, default), await restored.BeginAnewAsync(steps, restored: false, default)));
        Assert.Equal(1, begun);
        Assert.Empty(await restored.ReadAsync(c => c.Query<string>("SELECT era FROM downlink_era").ToList(), default));
    }

    [Fact]
    public async Task What_keeps_a_hub_from_its_database_is_one_sentence_with_the_remedy()
    {
        var server = TestStorage.Server;
        await server.ExecuteAsync("postgres", $"CREATE DATABASE plain OWNER {PostgresServer.User}");
        await server.ExecuteAsync("postgres", $"CREATE DATABASE latin OWNER {PostgresServer.User} TEMPLATE template0 ENCODING 'LATIN1'");
        await server.ExecuteAsync("postgres", $"CREATE DATABASE sorted OWNER {PostgresServer.User} TEMPLATE template0 LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'");
        string Fault(string connection)
        {
            var message = Assert.Throws<InvalidOperationException>(() => Open(new StorageOptions { Folder = folder, Kind = StorageKind.Postgres, Connection = connection })).Message;
            Assert.DoesNotContain('\n', message);
            return message;
        }

        Assert.Contains("no PostgreSQL answers at 127.0.0.1:1 ", Fault("Host=127.0.0.1;Port=1;Database=x;Username=x"), StringComparison.Ordinal);
        Assert.Contains("start it, or correct Host and Port", Fault("Host=127.0.0.1;Port=1;Database=x;Username=x"), StringComparison.Ordinal);
        Assert.Contains("has no database nowhere: make it with createdb", Fault(server.Connection("nowhere")), StringComparison.Ordinal);
        Assert.Contains("refuses (role \"nobody-here\" does not exist)", Fault(server.Connection("plain", "nobody-here")).Replace("does not let nobody-here in", "refuses", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("install postgresql-15-postgis-3", Fault(server.Connection("plain")), StringComparison.Ordinal);
        Assert.Contains("encoding LATIN1", Fault(server.Connection("latin")), StringComparison.Ordinal);
        Assert.Contains("collation C.UTF-8", Fault(server.Connection("sorted")), StringComparison.Ordinal);
        Assert.Contains("expected Host=", Fault("Nonsense=1"), StringComparison.Ordinal);
        Assert.Contains("names no Database", Fault("Host=127.0.0.1"), StringComparison.Ordinal);
    }

    private static string Name(StorageOptions options) => new NpgsqlConnectionStringBuilder(options.Connection).Database!;

    private static Task<int> TouchAsync(Database database) => database.WriteAsync(s => s.Execute("UPDATE event_pending SET attempts=attempts"), WritePriority.Interactive, default);

    private static Task<string> EndSessionsAsync(StorageOptions options) => TestStorage.Server.ExecuteAsync(
        Name(options), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname=current_database() AND pid<>pg_backend_pid()");

    private async Task<StorageOptions> ServingAsync()
    {
        var options = await TestStorage.EmptyPostgresAsync(folder);
        (options.Serves, options.StandsBy) = (true, true);
        return options;
    }

    private Database Open(StorageOptions options) => new(options, new ReactionCatalogue([]), [], TimeProvider.System, new Logger<Database>(new LoggerFactory([said])));
}
