using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Boundaries.Tests;

public sealed class SqlTests
{
    private static readonly SqlOwnership Sql = new(Repository.Files
        .Where(f => f.StartsWith("hub/Storage/Migrations/sqlite/", StringComparison.Ordinal) && f.EndsWith(".sql", StringComparison.Ordinal))
        .Select(f => (f, Repository.Read(f))));

    [Fact]
    public void Each_migration_names_its_owner_and_each_table_is_created_once()
    {
        Expect.None(Sql.Faults);
        Assert.True(Sql.Owners.Count >= 8, $"only {Sql.Owners.Count} tables found");
        Assert.All(Sql.Owners.Values, owner => Assert.Contains(owner, Architecture.Hub.Keys));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public void No_number_of_a_migration_is_used_twice(string dialect)
    {
        var files = Repository.Files.Where(f => f.StartsWith($"hub/Storage/Migrations/{dialect}/", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)).ToList();
        Assert.All(files, f => Assert.Matches(@"^\d{4}_[a-z0-9_]+\.sql$", f));
        Expect.None(files.GroupBy(f => f[..4]).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g)}"));
    }

    [Fact]
    public void Both_dialects_hold_the_same_tables_with_the_same_columns()
    {
        var (sqlite, postgres) = (MigrationTables.Of("sqlite"), MigrationTables.Of("postgres"));
        // What SQLite has as a virtual table is an index to PostgreSQL.
        Assert.Equal(Sql.Owners.Keys.Except(MigrationTables.Virtual("sqlite")).Order(StringComparer.Ordinal), sqlite.Columns.Keys);
        Assert.All(sqlite.Columns, t => Assert.NotEmpty(t.Value));
        Expect.None(MigrationTables.Differences(sqlite, postgres));
    }

    [Fact]
    public void Sql_is_written_for_both_databases() => Expect.None(Repository.Below("hub").SelectMany(PortableSql.Faults));

    [Fact]
    public void Storage_alone_knows_which_databases_there_are() => Expect.None(
        from file in Repository.Below("hub")
        where file.RoomBelow("hub") != "Storage" && Regex.IsMatch(file.Code, @"\bNpgsql\w*\b|\bSqlite(?:Connection|Exception)\b|\bSQLitePCL\b")
        select $"{file.Path}: names a database driver");

    [Fact]
    public void Hubs_of_tests_run_on_the_store_that_the_run_is_about() => Expect.None(
        from file in Repository.Below("tests/Hub.Tests")
        where !file.Path.StartsWith("tests/Hub.Tests/Storage/", StringComparison.Ordinal) && !Regex.IsMatch(file.Code, "\\[Trait\\(\"Store\", \"(Sqlite|Postgres)\"\\)\\]")
        where file.Code.Contains("new StorageOptions", StringComparison.Ordinal)
        select $"{file.Path}: new StorageOptions; write TestStorage.Options(folder)");

    [Fact]
    public void Each_table_is_mentioned_in_the_sql_of_its_owner_only() =>
        Expect.None(Repository.Below("hub").SelectMany(Sql.Trespasses));

    [Fact]
    public void Nobody_outside_the_hub_speaks_to_its_tables() =>
        Expect.None(Repository.Below("edge").Concat(Repository.Below("tests/Fleet")).SelectMany(Sql.Trespasses));
}
