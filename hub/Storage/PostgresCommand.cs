using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>A command of a <see cref="PostgresConnection"/>.</summary>
internal sealed partial class PostgresCommand(PostgresConnection connection) : DbCommand
{
    private readonly NpgsqlCommand inner = connection.Inner.CreateCommand();

    [AllowNull]
    public override string CommandText
    {
        get => inner.CommandText;
        set => inner.CommandText = value;
    }

    public override int CommandTimeout
    {
        get => inner.CommandTimeout;
        set => inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => inner.CommandType;
        set => inner.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource
    {
        get => inner.UpdatedRowSource;
        set => inner.UpdatedRowSource = value;
    }

    [AllowNull]
    protected override DbConnection DbConnection
    {
        get => connection;
        set => throw new NotSupportedException("a command stays with its connection");
    }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    // The one of the connection, whatever is said here.
    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => inner.Cancel();

    public override int ExecuteNonQuery()
    {
        Ready();
        return inner.ExecuteNonQuery();
    }

    public override object? ExecuteScalar()
    {
        Ready();
        return PostgresReader.AsSqlite(inner.ExecuteScalar());
    }

    // Npgsql prepares by itself what comes again.
    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        Ready();
        return new PostgresReader(inner.ExecuteReader(behavior));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Ready()
    {
        // What Dapper makes of a list without members has a type in SQLite only.
        if (inner.CommandText.Contains("WHERE 1 = 0)", StringComparison.Ordinal))
            inner.CommandText = EmptyList().Replace(inner.CommandText, m => m.Groups["not"].Success ? "<> ALL ('{}')" : "= ANY ('{}')");
        foreach (NpgsqlParameter parameter in inner.Parameters) Adapt(parameter);
        connection.Starting(inner);
    }

    private static void Adapt(NpgsqlParameter parameter)
    {
        switch (parameter.Value)
        {
            case string text:
                if (!ReferenceEquals(PostgresText.Clean(text), text)) parameter.Value = PostgresText.Clean(text);
                break;
            case bool truth:
                Number(truth ? 1 : 0);
                break;
            case int number:
                Number(number);
                break;
            case short number:
                Number(number);
                break;
            case byte number:
                Number(number);
                break;
            case uint number:
                Number(number);
                break;
            case float number:
                (parameter.Value, parameter.NpgsqlDbType) = ((double)number, NpgsqlDbType.Double);
                break;
            case null or DBNull when parameter.DbType is DbType.Boolean or DbType.Int32 or DbType.Int16 or DbType.Byte:
                (parameter.Value, parameter.NpgsqlDbType) = (DBNull.Value, NpgsqlDbType.Bigint);
                break;
            default:
                break;
        }

        void Number(long value) => (parameter.Value, parameter.NpgsqlDbType) = (value, NpgsqlDbType.Bigint);
    }

    [GeneratedRegex(@"\b(?<not>NOT\s+)?IN\s*\(SELECT [@:?$]\w+ WHERE 1 = 0\)", RegexOptions.IgnoreCase)]
    private static partial Regex EmptyList();
}
