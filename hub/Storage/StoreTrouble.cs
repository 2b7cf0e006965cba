using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Tells the store's own trouble, which passes, from what a record is to blame for.</summary>
public static class StoreTrouble
{
    // SQLITE_BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN.
    private static readonly int[] Sqlite = [5, 6, 7, 8, 10, 11, 13, 14];

    // Classes: connection, transaction rolled back, resources, wrong state (a lock), operator, system.
    private static readonly string[] Postgres = ["08", "40", "53", "55", "57", "58", "XX"];

    public static bool Is(Exception e) => e switch
    {
        SqliteException sqlite => Sqlite.Contains(sqlite.SqliteErrorCode),
        PostgresException postgres => Postgres.Contains(postgres.SqlState[..2]),
        NpgsqlException or SocketException => true,
        _ => false,
    };
}
