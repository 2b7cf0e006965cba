using Microsoft.Data.Sqlite;
using Npgsql;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Says once that the disk is full and once that it has room again: whoever writes goes on trying, and a log of stack traces
/// would hide the one thing that a person has to do.
/// </summary>
public sealed class DiskRoom(TimeProvider time, ILogger<DiskRoom> log)
{
    private const int SqliteFull = 13;
    private const int NoSpace = 28; // ENOSPC
    private const int OverQuota = 122; // EDQUOT

    private static readonly TimeSpan AfterFull = TimeSpan.FromSeconds(1);

    private readonly Lock one = new();
    private volatile bool full;
    private long since;

    /// <summary>Takes note of a write that failed.</summary>
    /// <returns>True when the disk is full, and that has been said; false for any other trouble.</returns>
    public bool IsFull(Exception failed)
    {
        if (failed is not (SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull } or IOException { HResult: NoSpace or OverQuota })) return false;
        lock (one)
        {
            if (full) return true;
            (full, since) = (true, time.GetTimestamp());
        }

        log.DiskFull();
        return true;
    }

    /// <summary>Writes what the hub cannot begin without, again and again while the disk is full.</summary>
    /// <exception cref="OperationCanceledException">It was not worth waiting any longer.</exception>
    public async Task<T> TryUntilItFitsAsync<T>(Func<Task<T>> write, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                var written = await write().ConfigureAwait(false);
                Fitted();
                return written;
            }
            catch (Exception e) when (IsFull(e))
            {
                await Task.Delay(AfterFull, time, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes note of a write that is on the disk.</summary>
    public void Fitted()
    {
        if (!full) return;
        long began;
        lock (one)
        {
            if (!full) return;
            (full, began) = (false, since);
        }

        log.RoomAgain((int)time.GetElapsedTime(began).TotalSeconds);
    }
}
