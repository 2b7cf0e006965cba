using System.Data.Common;
using System.Reflection;
using Dapper;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// Applies <c>Migrations/{dialect}/NNNN_name.sql</c> in order, each in its own transaction, forward only. A database that
/// is newer than this program is refused.
/// </summary>
public static class Migrator
{
    /// <exception cref="InvalidOperationException">The database was written by a newer version.</exception>
    public static void Run(DbConnection connection, string dialect, TimeProvider time)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_ms BIGINT NOT NULL)");
        var known = Scripts(dialect);
        var applied = connection.Query<string>("SELECT name FROM migrations").ToHashSet();
        if (applied.FirstOrDefault(a => !known.ContainsKey(a)) is { } foreign)
            throw new InvalidOperationException($"the database holds migration {foreign}, which this version does not know: start the newer version, or restore a backup");
        foreach (var (name, sql) in known.Where(k => !applied.Contains(k.Key)))
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(sql, transaction: transaction, commandTimeout: dialect == "sqlite" ? null : 0);
            connection.Execute("INSERT INTO migrations VALUES (@name, @now)",
                new { name, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);
            transaction.Commit();
        }
    }

    private static SortedDictionary<string, string> Scripts(string dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var marker = $".Migrations.{dialect}.";
        var scripts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var at = resource.IndexOf(marker, StringComparison.Ordinal);
            if (at < 0) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add(resource[(at + marker.Length)..^".sql".Length], reader.ReadToEnd());
        }

        return scripts;
    }
}
