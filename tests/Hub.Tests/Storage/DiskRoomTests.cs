using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Storage;

public sealed class DiskRoomTests
{
    private readonly DiskRoom room = new(TimeProvider.System, NullLogger<DiskRoom>.Instance);

    [Fact]
    public async Task What_must_be_written_waits_for_room_and_is_written_once()
    {
        var tries = 0;
        var written = await room.TryUntilItFitsAsync(() => ++tries < 3 ? throw new SqliteException("database or disk is full", 13) : Task.FromResult("written"), default);

        Assert.Equal(("written", 3), (written, tries));
    }

    [Fact]
    public async Task Another_trouble_is_no_full_disk_and_is_not_waited_for()
    {
        var tries = 0;
        await Assert.ThrowsAsync<SqliteException>(() => room.TryUntilItFitsAsync<int>(() =>
        {
            tries++;
            throw new SqliteException("database is corrupt", 11);
        }, default));

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task Who_no_longer_waits_for_room_is_let_go()
    {
        using var stop = new CancellationTokenSource();
        var waiting = room.TryUntilItFitsAsync<int>(() => throw new SqliteException("database or disk is full", 13), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
