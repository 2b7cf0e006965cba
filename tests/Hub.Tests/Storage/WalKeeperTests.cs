using Dapper;
using Microsoft.Data.Sqlite;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Storage;

[Trait("Store", "Sqlite")]
public sealed class WalKeeperTests : IDisposable
{
    private const int LogBytes = 1024 * 1024;

    private readonly string folder = Directory.CreateTempSubdirectory("field-wal-").FullName;
    private readonly SqliteConnection writer;
    private readonly WalKeeper keeper;
    private int turn;

    public WalKeeperTests()
    {
        writer = new SqliteConnection(Text(SqliteOpenMode.ReadWriteCreate));
        writer.Open();
        writer.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (n INTEGER PRIMARY KEY, body BLOB NOT NULL, turn INTEGER NOT NULL)");
        keeper = new WalKeeper(writer, File, logMb: 1);
    }

    private string File => Path.Combine(folder, "t.db");

    private long LogLength => new FileInfo(File + "-wal").Length;

    public void Dispose()
    {
        keeper.Dispose();
        writer.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_log_stays_short_however_much_is_written()
    {
        // 60 MB through a log of 1 MB, without a commit that SQLite folds by itself.
        for (var i = 0; i < 300; i++) Write(200_000);
        Assert.InRange(LogLength, 1, 9 * LogBytes);
        Assert.Equal("ok", writer.QuerySingle<string>("PRAGMA integrity_check"));
        Assert.Equal(turn, writer.QuerySingle<int>("SELECT MAX(turn) FROM t"));
    }

    [Fact]
    public void A_short_log_is_left_alone()
    {
        var before = new FileInfo(File).Length;
        Write(300_000);
        Assert.Equal(before, new FileInfo(File).Length);
        Assert.InRange(LogLength, 300_000, LogBytes);
    }

    [Fact]
    public void A_reader_keeps_its_snapshot_and_afterwards_the_log_is_short_again()
    {
        Write(1_000);
        using (var reader = new SqliteConnection(Text(SqliteOpenMode.ReadOnly)))
        {
            reader.Open();
            using var snapshot = reader.BeginTransaction(deferred: true);
            var seen = reader.QuerySingle<int>("SELECT MAX(turn) FROM t", transaction: snapshot);
            for (var i = 0; i < 100; i++) Write(200_000);
            Assert.True(LogLength > 15 * LogBytes, $"{LogLength} bytes: nothing could be folded behind the reader");
            Assert.Equal(seen, reader.QuerySingle<int>("SELECT MAX(turn) FROM t", transaction: snapshot));
        }

        for (var i = 0; i < 300 && LogLength > 9 * LogBytes; i++) Write(200_000);
        Assert.InRange(LogLength, 1, 9 * LogBytes);
    }

    [Fact]
    public void What_a_killed_program_had_in_its_log_is_there_again()
    {
        for (var i = 0; i < 40; i++) Write(100_000);
        keeper.Dispose();
        var copy = Path.Combine(folder, "copy.db");
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(File + "-wal", copy + "-wal");
        using var again = new SqliteConnection($"Data Source={copy};Pooling=False");
        again.Open();
        Assert.Equal("ok", again.QuerySingle<string>("PRAGMA integrity_check"));
        Assert.Equal(turn, again.QuerySingle<int>("SELECT MAX(turn) FROM t"));
    }

    private void Write(int bytes)
    {
        turn++;
        using (var transaction = writer.BeginTransaction(deferred: false))
        {
            for (var n = 0; n < bytes / 1_000; n++)
                writer.Execute("INSERT OR REPLACE INTO t VALUES (@n, zeroblob(1000), @turn)", new { n, turn }, transaction);
            transaction.Commit();
        }

        keeper.Committed();
    }

    private string Text(SqliteOpenMode mode) => new SqliteConnectionStringBuilder { DataSource = File, Mode = mode, Pooling = false }.ToString();
}
