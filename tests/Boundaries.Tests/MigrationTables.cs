using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Boundaries.Tests;

/// <summary>Tables and columns of the migrations of one dialect, read from their text.</summary>
internal sealed partial class MigrationTables
{
    private const string Root = "hub/Storage/Migrations/";

    // What only PostgreSQL has: geometry for a GIS, and the mark by which a restored copy is known.
    private const string OnlyPostgres = "0900_postgres.sql";

    private static readonly Dictionary<string, string> PostgresTypes = new()
    {
        ["INTEGER"] = "BIGINT", ["REAL"] = "DOUBLE PRECISION", ["TEXT"] = "TEXT", ["BLOB"] = "BYTEA",
    };

    private MigrationTables(IReadOnlyList<string> files, IReadOnlyDictionary<string, string[]> columns) => (Files, Columns) = (files, columns);

    /// <summary>Names of the files.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Table → its columns in order, each with its type as PostgreSQL names it.</summary>
    public IReadOnlyDictionary<string, string[]> Columns { get; }

    public static MigrationTables Of(string dialect)
    {
        var files = Repository.Files.Where(f => f.StartsWith(Root + dialect + "/", StringComparison.Ordinal) && !f.EndsWith(OnlyPostgres, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return Of(files.ToDictionary(f => Path.GetFileName(f), Repository.Read));
    }

    public static MigrationTables Of(IReadOnlyDictionary<string, string> sqlByFile)
    {
        var columns = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var sql in sqlByFile.Values)
        {
            foreach (Match table in Create().Matches(Comment().Replace(sql, "")))
                columns[table.Groups["name"].Value] = [.. Parts(table.Groups["body"].Value).Select(p => Column().Match(p)).Where(m => m.Success).Select(Named)];
        }

        return new MigrationTables([.. sqlByFile.Keys], columns);
    }

    /// <returns>Names of tables that hold nothing of their own.</returns>
    public static IEnumerable<string> Virtual(string dialect) =>
        Repository.Files.Where(f => f.StartsWith(Root + dialect + "/", StringComparison.Ordinal)).SelectMany(f => CreateVirtual().Matches(Repository.Read(f))).Select(m => m.Groups["name"].Value);

    /// <returns>What one dialect has and the other has not.</returns>
    public static IEnumerable<string> Differences(MigrationTables sqlite, MigrationTables postgres)
    {
        foreach (var file in sqlite.Files.Except(postgres.Files)) yield return $"{file} is missing for postgres";
        foreach (var file in postgres.Files.Except(sqlite.Files)) yield return $"{file} is missing for sqlite";
        foreach (var table in sqlite.Columns.Keys.Union(postgres.Columns.Keys))
        {
            var (one, other) = (sqlite.Columns.GetValueOrDefault(table, []), postgres.Columns.GetValueOrDefault(table, []));
            if (!one.SequenceEqual(other)) yield return $"{table}: sqlite ({string.Join(", ", one.Except(other))}), postgres ({string.Join(", ", other.Except(one))}), or another order";
        }
    }

    private static string Named(Match column)
    {
        var type = column.Groups["type"].Value.ToUpperInvariant();
        return $"{column.Groups["name"].Value} {PostgresTypes.GetValueOrDefault(type, type)}";
    }

    // At the commas outside of brackets.
    private static IEnumerable<string> Parts(string body)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < body.Length; i++)
        {
            depth += body[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (body[i] != ',' || depth != 0) continue;
            yield return body[start..i].Trim();
            start = i + 1;
        }

        yield return body[start..].Trim();
    }

    [GeneratedRegex(@"--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"CREATE TABLE (?<name>\w+) \((?<body>.*?)\n?\)[^\n;()]*;", RegexOptions.Singleline)]
    private static partial Regex Create();

    [GeneratedRegex(@"CREATE VIRTUAL TABLE (?<name>\w+)")]
    private static partial Regex CreateVirtual();

    [GeneratedRegex(@"^(?<name>[a-z]\w*)\s+(?<type>INTEGER|REAL|TEXT|BLOB|bigint|double precision|text|bytea)\b")]
    private static partial Regex Column();
}
