using Microsoft.Data.Sqlite;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>The prepared statements of one connection, by their text.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> bySql = new(StringComparer.Ordinal);

    public SqliteStatement Get(string sql)
    {
        if (!bySql.TryGetValue(sql, out var statement)) bySql.Add(sql, statement = new SqliteStatement(connection, sql));
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in bySql.Values) statement.Dispose();
        bySql.Clear();
    }
}
