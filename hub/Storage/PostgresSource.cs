using System.Globalization;
using System.Net.Sockets;
using Dapper;
using Npgsql;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>How connections to the hub's database on a PostgreSQL server are made, and what it must be.</summary>
internal sealed class PostgresSource : IDisposable
{
    private const int OldestVersion = 150_000;

    // As long as SQLite's writer waits for the file.
    private const string LockTimeout = "5s";

    /// <exception cref="InvalidOperationException">Storage:Connection cannot be read.</exception>
    public PostgresSource(StorageOptions options)
    {
        try
        {
            var given = new NpgsqlConnectionStringBuilder(options.Connection)
            {
                MaxAutoPrepare = 200,
                AutoPrepareMinUsages = 3,
                NoResetOnClose = true,
                ApplicationName = Name,
            };
            if (given.Database is null or "") throw new ArgumentException("it names no Database");
            if (given.Timeout == 15) given.Timeout = 5;
            // A socket in a folder of this machine has nothing to keep alive, and refuses to be asked.
            if (given.Host is not ['/' or '@', ..]) (given.TcpKeepAlive, given.TcpKeepAliveTime, given.TcpKeepAliveInterval) = (true, 10, 5);
            Text = given;
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or FormatException)
        {
            throw new InvalidOperationException($"Storage:Connection cannot be used ({e.Message}): expected Host=…;Database=…;Username=…", e);
        }

        Writer = Source(With("-c synchronous_commit=on -c lock_timeout=" + LockTimeout, pooling: false, commandSeconds: 60));
        var longest = (long)options.LongestRead.TotalMilliseconds;
        Readers = Source(With(
            FormattableString.Invariant($"-c default_transaction_read_only=on -c statement_timeout={longest}"), pooling: true,
            commandSeconds: (int)options.LongestRead.TotalSeconds + 10, options.Readers));
    }

    /// <summary>How this process calls itself to the server: whoever holds the lock of the serving hub is looked up by it.</summary>
    public string Name { get; } = $"field-hub {Environment.MachineName}:{Environment.ProcessId} {Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>What the settings say, completed.</summary>
    public NpgsqlConnectionStringBuilder Text { get; }

    public NpgsqlDataSource Writer { get; }

    public NpgsqlDataSource Readers { get; }

    public string Place => $"{Text.Host}:{Text.Port.ToString(CultureInfo.InvariantCulture)}";

    public void Dispose()
    {
        Writer.Dispose();
        Readers.Dispose();
    }

    /// <summary>The first connection, of which everything that could be wrong is said with its remedy.</summary>
    /// <returns>Open.</returns>
    /// <exception cref="InvalidOperationException">It cannot be used.</exception>
    public NpgsqlConnection OpenFirst()
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = Writer.OpenConnection();
            Check(connection);
            return connection;
        }
        catch (Exception e)
        {
            connection?.Dispose();
            if (e is InvalidOperationException and not ObjectDisposedException) throw;
            if (e is NpgsqlException or SocketException or TimeoutException) throw new InvalidOperationException(Explain(e), e);
            throw;
        }
    }

    private static NpgsqlDataSource Source(string text)
    {
        var builder = new NpgsqlDataSourceBuilder(text);
        // The hub reads no types but PostgreSQL's own.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    private string With(string options, bool pooling, int commandSeconds, int mostConnections = 1) =>
        new NpgsqlConnectionStringBuilder(Text.ConnectionString)
        {
            Options = string.IsNullOrEmpty(Text.Options) ? options : $"{Text.Options} {options}",
            Pooling = pooling,
            MaxPoolSize = pooling ? mostConnections + 1 : 100,
            CommandTimeout = commandSeconds,
        }.ConnectionString;

    private string Explain(Exception e) => (e as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName =>
            $"PostgreSQL at {Place} has no database {Text.Database}: make it with createdb --template=template0 --encoding=UTF8 --locale=C --owner={Text.Username} {Text.Database}",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"PostgreSQL at {Place} does not let {Text.Username} in ({((PostgresException)e).MessageText}): correct Storage:Connection, or the server's pg_hba.conf",
        PostgresErrorCodes.CannotConnectNow => $"PostgreSQL at {Place} is starting or ending ({((PostgresException)e).MessageText}): try again soon",
        { } => $"PostgreSQL at {Place} refuses ({((PostgresException)e).MessageText}): correct Storage:Connection",
        null => $"no PostgreSQL answers at {Place} ({(e.InnerException ?? e).Message}): start it, or correct Host and Port in Storage:Connection",
    };

    private void Check(NpgsqlConnection connection)
    {
        var version = int.Parse(connection.QuerySingle<string>("SHOW server_version_num"), CultureInfo.InvariantCulture);
        if (version < OldestVersion) throw new InvalidOperationException($"PostgreSQL at {Place} is version {connection.ServerVersion}: the hub needs 15 or later");
        var (encoding, collation) = connection.QuerySingle<(string, string)>(
            "SELECT pg_encoding_to_char(encoding), CASE datlocprovider WHEN 'c' THEN datcollate ELSE 'of ICU' END FROM pg_database WHERE datname=current_database()");
        if (encoding != "UTF8" || collation is not ("C" or "POSIX"))
        {
            throw new InvalidOperationException(
                $"database {Text.Database} at {Place} has encoding {encoding} and collation {collation}, and the hub needs UTF8 and C, which sorts as its other store does: "
                + $"make another one with createdb --template=template0 --encoding=UTF8 --locale=C --owner={Text.Username} NAME");
        }

        RequirePostGis(connection);
    }

    private void RequirePostGis(NpgsqlConnection connection)
    {
        if (connection.QuerySingle<bool>("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname='postgis')")) return;
        try
        {
            connection.Execute("CREATE EXTENSION IF NOT EXISTS postgis");
        }
        catch (PostgresException e)
        {
            throw new InvalidOperationException(
                $"database {Text.Database} at {Place} has no PostGIS ({e.MessageText}): install postgresql-15-postgis-3 on the server, then as its administrator run "
                + $"psql -d {Text.Database} -c 'CREATE EXTENSION postgis'", e);
        }
    }
}
