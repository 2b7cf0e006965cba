using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>For the few statements that cannot be the same in both databases.</summary>
public static class ConnectionKind
{
    public static StorageKind Kind(this DbConnection connection) => connection is PostgresConnection ? StorageKind.Postgres : StorageKind.Sqlite;
}
