using System.Data.Common;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace ThreeOneOne.Field.Hub.Storage;

/// <inheritdoc/>
/// <remarks>Its rows are read at once, because a connection of PostgreSQL has one command at work.</remarks>
internal sealed partial class PostgresStatement : Statement
{
    private readonly NpgsqlCommand command;
    private readonly List<object[]> rows = [];
    private bool prepared;
    private bool ran;
    private int row = -1;

    public PostgresStatement(NpgsqlConnection connection, string sql)
    {
        command = connection.CreateCommand();
        command.CommandText = Parameter().Replace(sql, "$$$1");
        var count = Parameter().Matches(sql).Select(m => int.Parse(m.Groups[1].ValueSpan, null)).DefaultIfEmpty(0).Max();
        for (var i = 0; i < count; i++) command.Parameters.Add(new NpgsqlParameter());
    }

    public override Statement Bind(int parameter, long value)
    {
        Typed<long>(parameter, NpgsqlDbType.Bigint).TypedValue = value;
        return this;
    }

    public override Statement Bind(int parameter, ReadOnlySpan<byte> blob)
    {
        Typed<byte[]>(parameter, NpgsqlDbType.Bytea).TypedValue = blob.ToArray();
        return this;
    }

    public override Statement Bind(int parameter, string text)
    {
        Typed<string>(parameter, NpgsqlDbType.Text).TypedValue = PostgresText.Clean(text);
        return this;
    }

    public override int Run()
    {
        Reset();
        Prepare();
        return Math.Max(0, command.ExecuteNonQuery());
    }

    public override bool Next()
    {
        if (!ran) Load();
        if (++row < rows.Count) return true;
        Reset();
        return false;
    }

    public override long Number(int column) => rows[row][column] is long number ? number : PostgresReader.AsSqlite(rows[row][column]) as long? ?? 0;

    public override ReadOnlySpan<byte> Blob(int column) => rows[row][column] as byte[];

    public override string Text(int column) => (rows[row][column] as string)!;

    public override void Reset()
    {
        rows.Clear();
        (ran, row) = (false, -1);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) command.Dispose();
    }

    private void Load()
    {
        Prepare();
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(values);
        }

        ran = true;
    }

    // When the first values have given the parameters their types.
    private void Prepare()
    {
        if (prepared) return;
        command.Prepare();
        prepared = true;
    }

    private NpgsqlParameter<T> Typed<T>(int parameter, NpgsqlDbType type)
    {
        if (command.Parameters[parameter - 1] is NpgsqlParameter<T> typed) return typed;
        prepared = false;
        typed = new NpgsqlParameter<T> { NpgsqlDbType = type };
        command.Parameters[parameter - 1] = typed;
        return typed;
    }

    [GeneratedRegex(@"\?(\d+)")]
    private static partial Regex Parameter();
}
