using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Storage;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("field-db-").FullName;
    private readonly Recorder recorder = new();
    private Database database = null!;

    public async Task InitializeAsync()
    {
        database = Open(folder);
        await database.WriteAsync(s => s.Execute("CREATE TABLE t (n INTEGER NOT NULL)"), WritePriority.Interactive, default);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Store", "Sqlite")]
    public async Task Nobody_else_reads_the_database_also_in_a_folder_that_others_may_open()
    {
        var open = Path.Combine(folder, "open");
        Directory.CreateDirectory(open, (UnixFileMode)0b111_101_101);
        await using (var inside = Open(open))
        {
            await inside.WriteAsync(s => s.Execute("CREATE TABLE t (n INTEGER)"), WritePriority.Interactive, default);
            Assert.All(Directory.GetFiles(open, "hub.db*"), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        }

        // One from an earlier version is put right.
        File.SetUnixFileMode(Path.Combine(open, "hub.db"), (UnixFileMode)0b110_100_100);
        await using var again = Open(open);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(open, "hub.db")));
    }

    [Fact]
    [Trait("Store", "Sqlite")]
    public void Root_makes_no_database_that_the_hub_could_not_open_and_uses_one_that_is_there()
    {
        Assert.Contains(folder + "/none", DataFolder.RootFault(folder + "/none", privileged: true), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder + "/none"));
        Assert.Null(DataFolder.RootFault(folder + "/none", privileged: false));
        Assert.Null(DataFolder.RootFault(folder, privileged: true));
    }

    [Fact]
    public async Task A_transaction_that_throws_leaves_nothing_and_its_error_comes_out()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(s =>
        {
            s.Execute("INSERT INTO t VALUES (1)");
            s.Raise(new Happened(1));
            throw new InvalidOperationException("no");
        }, WritePriority.Interactive, default));
        Assert.Equal("no", thrown.Message);
        Assert.Equal(0, await CountAsync());
        Assert.Empty(recorder.Heard);
        await database.WriteAsync(s => s.Execute("INSERT INTO t VALUES (2)"), WritePriority.Interactive, default);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    [Trait("Store", "Sqlite")]
    public async Task What_was_returned_survives_losing_the_process_and_what_was_not_does_not()
    {
        await database.WriteAsync(s => s.Execute("INSERT INTO t VALUES (1)"), WritePriority.Interactive, default);
        var copy = Directory.CreateTempSubdirectory("field-db-copy-").FullName;
        try
        {
            // The files as they are in the middle of the next transaction: what a kill leaves behind.
            await database.WriteAsync(s =>
            {
                s.Execute("INSERT INTO t VALUES (2)");
                foreach (var file in new[] { "hub.db", "hub.db-wal" }) File.Copy(Path.Combine(folder, file), Path.Combine(copy, file));
            }, WritePriority.Interactive, default);
            await using var after = Open(copy);
            Assert.Equal([1L], await after.ReadAsync(c => c.Query<long>("SELECT n FROM t").ToList(), default));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task People_go_before_bulk()
    {
        using var hold = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        var first = database.WriteAsync(_ =>
        {
            held.Set();
            hold.Wait();
        }, WritePriority.Bulk, default);
        held.Wait();
        var order = new List<string>();
        var bulk = Enumerable.Range(0, 5).Select(_ => database.WriteAsync(_ => order.Add("bulk"), WritePriority.Bulk, default)).ToList();
        var person = database.WriteAsync(_ => order.Add("person"), WritePriority.Interactive, default);
        hold.Set();
        await Task.WhenAll([first, person, .. bulk]);
        Assert.Equal(["person", "bulk", "bulk", "bulk", "bulk", "bulk"], order);
    }

    [Fact]
    public async Task Readers_do_not_wait_for_the_writer_and_cannot_write()
    {
        using var hold = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        var writing = database.WriteAsync(s =>
        {
            s.Execute("INSERT INTO t VALUES (1)");
            held.Set();
            hold.Wait();
        }, WritePriority.Interactive, default);
        held.Wait();
        Assert.Equal(0, await CountAsync());
        hold.Set();
        await writing;
        Assert.Equal(1, await CountAsync());
        await Assert.ThrowsAnyAsync<DbException>(() => database.ReadAsync(c => c.Execute("INSERT INTO t VALUES (9)"), default));
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_make_a_commit_look_failed()
    {
        recorder.Throws = true;
        await database.WriteAsync(s =>
        {
            s.Execute("INSERT INTO t VALUES (1)");
            s.Raise(new Happened(7));
        }, WritePriority.Interactive, default);
        Assert.Equal(1, await CountAsync());
        Assert.Equal([new Happened(7)], recorder.Heard);
    }

    [Fact]
    public async Task Writes_in_line_are_done_before_the_database_closes()
    {
        var other = Directory.CreateTempSubdirectory("field-db-").FullName;
        try
        {
            var closing = Open(other);
            await closing.WriteAsync(s => s.Execute("CREATE TABLE t (n INTEGER)"), WritePriority.Interactive, default);
            var writes = Enumerable.Range(0, 50).Select(n => closing.WriteAsync(s => s.Execute("INSERT INTO t VALUES (@n)", new { n }), WritePriority.Bulk, default)).ToList();
            await closing.DisposeAsync();
            await Task.WhenAll(writes);
            await using var again = Open(other);
            Assert.Equal(50, await again.ReadAsync(c => c.QuerySingle<long>("SELECT COUNT(*) FROM t"), default));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await database.WriteAsync(s => s.Execute("INSERT INTO migrations VALUES ('9999_from_the_future', 0)"), WritePriority.Interactive, default);
        var refused = Assert.Throws<InvalidOperationException>(() => Open(folder));
        Assert.Contains("9999_from_the_future", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrations_run_once_and_name_their_owner()
    {
        var first = await database.ReadAsync(c => c.Query<(string, long)>("SELECT name, applied_ms FROM migrations").ToList(), default);
        await using var second = Open(folder);
        Assert.Equal(first, await second.ReadAsync(c => c.Query<(string, long)>("SELECT name, applied_ms FROM migrations").ToList(), default));
        var assembly = typeof(Database).Assembly;
        Assert.All(assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)), name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            Assert.StartsWith("-- Owner: ", reader.ReadLine(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_folder_belongs_to_its_owner_and_to_one_serving_hub()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        using (DataFolder.Claim(folder))
        {
            Assert.Contains(folder, Assert.Throws<InvalidOperationException>(() => DataFolder.Claim(folder)).Message, StringComparison.Ordinal);
        }

        DataFolder.Claim(folder).Dispose();
    }

    [Fact]
    public async Task Bulk_work_gives_way_to_whoever_waits_and_is_done_all_the_same()
    {
        var (slices, first, all) = (0, 0, 0);
        var begun = new TaskCompletionSource();
        var working = database.WriteInSlicesAsync(scope =>
        {
            slices++;
            begun.TrySetResult();
            // Holds the writer until it is told to give way: without anybody in line that takes longer.
            for (var step = 0; all < 1_000_000 && !scope.MustYield; step++) all += scope.QueryFirstOrDefault<int>("SELECT 1");
            return slices < 3;
        }, default);
        await begun.Task;
        await database.WriteAsync(_ => first = slices, WritePriority.Interactive, default);
        await working;
        Assert.Equal((1, 3), (first, slices));
        Assert.NotEqual(0, all);
    }

    [Fact]
    public async Task A_read_without_end_is_broken_off_and_its_connection_serves_on()
    {
        var options = TestStorage.Options(folder + "/impatient");
        (options.Readers, options.LongestRead) = (1, TimeSpan.FromSeconds(3));
        await using var impatient = new Database(options, new ReactionCatalogue([]), [], TimeProvider.System);
        const string endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT COUNT(*) FROM n";
        var late = await Assert.ThrowsAsync<TimeoutException>(() => impatient.ReadAsync(c => c.QuerySingle<long>(endless), default));
        Assert.Contains("Storage:LongestRead", late.Message, StringComparison.Ordinal);
        using var gone = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.ReadAsync(c =>
        {
            gone.Cancel();
            return c.QuerySingle<long>(endless);
        }, gone.Token));
        Assert.Equal(0, await impatient.ReadAsync(c => c.QuerySingle<long>("SELECT COUNT(*) FROM event_pending"), default));
    }

    [Fact]
    public async Task A_read_of_many_days_is_broken_off_as_one()
    {
        var options = TestStorage.Options(folder + "/impatient");
        (options.Readers, options.LongestRead) = (1, TimeSpan.FromSeconds(3));
        await using var impatient = new Database(options, new ReactionCatalogue([]), [], TimeProvider.System);
        using var days = new DayFiles(folder + "/impatient/days", "CREATE TABLE IF NOT EXISTS d (n INTEGER)", logMb: 1);
        var day = new DateOnly(2026, 11, 22);
        days.Write(day, file => file.Statement("INSERT INTO d VALUES (7)").Run());
        const string endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT COUNT(*) FROM n";
        await Assert.ThrowsAsync<TimeoutException>(() => impatient.ReadAsync(_ => days.Read(day, c => c.QuerySingle<long>(endless), 0), default));
        // Each look is short, and they never end.
        await Assert.ThrowsAsync<TimeoutException>(() => impatient.ReadAsync(_ =>
        {
            var sum = 0L;
            while (sum >= 0) sum += days.Read(day, c => c.QuerySingle<long>("SELECT n FROM d"), 0);
            return sum;
        }, default));
        Assert.Equal(7, days.Read(day, c => c.QuerySingle<long>("SELECT n FROM d"), 0));
        Assert.Equal(7, await impatient.ReadAsync(_ => days.Read(day, c => c.QuerySingle<long>("SELECT n FROM d"), 0), default));
    }

    [Fact]
    public async Task Sql_that_is_written_once_means_the_same_on_either_store()
    {
        string[] words = ["b", "Z", "a", "é", "B", "aa", "~"];
        await database.WriteAsync(
            s =>
            {
                s.Execute("CREATE TABLE v (n BIGINT NOT NULL, word TEXT, far DOUBLE PRECISION, bytes BYTEA)");
                for (var n = 0; n < words.Length; n++) s.Execute("INSERT INTO v VALUES (@n, @word, @far, @bytes)", new { n, word = words[n], far = 0.5f, bytes = new byte[] { 0, 255 } });
                s.Execute("INSERT INTO v VALUES (@yes, @none, @empty, NULL)", new { yes = true, none = (string?)null, empty = (int?)null });
            }, WritePriority.Interactive, default);
        await database.ReadAsync(
            c =>
            {
                Assert.Equal(words.Order(StringComparer.Ordinal), c.Query<string>("SELECT word FROM v WHERE word IS NOT NULL ORDER BY word"));
                Assert.Equal([0L, 2], c.Query<long>("SELECT n FROM v WHERE word IN @some ORDER BY n", new { some = new[] { "a", "b", "c" } }));
                Assert.Equal(0, c.QuerySingle<long>("SELECT COUNT(*) FROM v WHERE n IN @none", new { none = Array.Empty<long>() }));
                Assert.Equal(8, c.QuerySingle<long>("SELECT COUNT(*) FROM v WHERE n NOT IN @none", new { none = Array.Empty<long>() }));
                Assert.Equal((1L, 1L, 8L, 0.5), c.QuerySingle<(long, long, long, double)>("SELECT EXISTS (SELECT 1 FROM v), CASE WHEN 1=1 THEN 1 ELSE 0 END, COUNT(*), MAX(far) FROM v"));
                Assert.Equal(8, c.QuerySingle<long>("SELECT COUNT(*) FROM v WHERE (@n IS NULL OR n=@n) AND (@yes=1)", new { n = (int?)null, yes = true }));
                Assert.Equal(1, c.QuerySingle<long>("SELECT COUNT(*) FROM v WHERE word IS DISTINCT FROM @word AND far IS NULL", new { word = "a" }));
                Assert.Equal([0, 255], c.QueryFirst<byte[]>("SELECT bytes FROM v WHERE n=@n", new { n = 3 }));
                Assert.Equal(new Typed(1, null, null), c.QuerySingle<Typed>("SELECT n AS N, word AS Word, far AS Far FROM v WHERE word IS NULL"));
                return true;
            }, default);
    }

    private Database Open(string path) => new(TestStorage.Options(path), new ReactionCatalogue([]), [recorder], TimeProvider.System);

    private Task<long> CountAsync() => database.ReadAsync(c => c.QuerySingle<long>("SELECT COUNT(*) FROM t"), default);

    private sealed record Happened(int N);

    private sealed record Typed(long N, string? Word, double? Far);

    private sealed class Recorder : ICommitListener
    {
        public List<object> Heard { get; } = [];

        public bool Throws { get; set; }

        public void Committed(IReadOnlyList<object> hubEvents)
        {
            Heard.AddRange(hubEvents);
            if (Throws) throw new InvalidOperationException("a bug");
        }
    }
}
