namespace ThreeOneOne.Field.Boundaries.Tests;

/// <summary>A scanner that finds nothing would be green for ever: each must find what is planted here.</summary>
public sealed class ScannerTests
{
    private static readonly SourceFile Target = new("hub/Broker/Child.cs", "namespace ThreeOneOne.Field.Hub.Broker;\npublic sealed class Child;\n");
    private static readonly Dictionary<string, string[]> NoArrows = new() { ["Broker"] = [], ["Streets"] = [] };

    [Theory]
    [InlineData("using ThreeOneOne.Field.Hub.Broker;", true)]
    [InlineData("using static ThreeOneOne.Field.Hub.Broker.Child;", true)]
    [InlineData("using C = ThreeOneOne.Field.Hub.Broker.Child;", true)]
    [InlineData("class X { object o = new Broker.Child(); }", true)]
    [InlineData("class X { global::ThreeOneOne.Field.Hub.Broker.Child? c; }", true)]
    [InlineData("// like Broker.Child in ThreeOneOne.Field.Hub.Broker", false)]
    [InlineData("/// <see cref=\"Broker.Child\"/>", false)]
    [InlineData("class X { int n = settings.Broker.Child; string Broker = \"\"; }", false)]
    public void An_import_is_found_however_it_is_written(string line, bool found)
    {
        var file = new SourceFile("hub/Streets/Street.cs", "namespace ThreeOneOne.Field.Hub.Streets;\n" + line);
        var imports = new Imports("ThreeOneOne.Field.Hub", "hub", [Target, file]);
        Assert.Equal(found ? ["hub/Streets/Street.cs: Streets may not import Broker"] : [], imports.Violations(NoArrows));
    }

    [Fact]
    public void A_room_that_is_not_in_the_table_may_import_nothing()
    {
        var file = new SourceFile("hub/New/Thing.cs", "using ThreeOneOne.Field.Hub.Broker;");
        Assert.Single(new Imports("ThreeOneOne.Field.Hub", "hub", [Target, file]).Violations(NoArrows));
    }

    [Fact]
    public void A_circle_is_found() =>
        Assert.Equal("A → B → C → A", Imports.Circle(new Dictionary<string, string[]> { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["A"], ["D"] = [] }));

    [Theory]
    [InlineData("SELECT 1 FROM lamps WHERE id=1", true)]
    [InlineData("DELETE FROM lamps", true)]
    [InlineData("INSERT INTO lamps VALUES (1)", true)]
    [InlineData("UPDATE lamps SET x=1", true)]
    [InlineData("SELECT * FROM other o JOIN lamps l ON l.id=o.id", true)]
    [InlineData("FROM\n  lamps", true)]
    [InlineData("UPDATE lampshades SET x=1", false)]
    public void A_table_of_somebody_else_is_found(string sql, bool found)
    {
        var ownership = new SqlOwnership([("1.sql", "-- Owner: Assets. Lamps.\nCREATE TABLE lamps (id TEXT);")]);
        Assert.Equal(found, ownership.Trespasses(new SourceFile("hub/Sites/SiteStore.cs", $"\"\"\"{sql}\"\"\"")).Any());
        Assert.Empty(ownership.Trespasses(new SourceFile("hub/Assets/AssetStore.cs", sql)));
    }

    [Fact]
    public void A_migration_without_owner_and_a_table_created_twice_are_found() => Assert.Equal(2, new SqlOwnership(
        [("1.sql", "CREATE TABLE a (x);"), ("2.sql", "-- Owner: Sites.\nCREATE TABLE a (x);")]).Faults.Count);

    [Theory]
    [InlineData("INSERT OR REPLACE INTO t VALUES (1)", true)]
    [InlineData("SELECT 1 FROM t WHERE a IS NOT @b", true)]
    [InlineData("SELECT 1 FROM t WHERE a IS NOT NULL AND b IS DISTINCT FROM @b", false)]
    [InlineData("UPDATE t SET a=MAX(COALESCE(a, 0), @b)", true)]
    [InlineData("SELECT MAX(a), coalesce(max(n), 0) + 1 FROM t", false)]
    [InlineData("INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b=excluded.b, n=n+1", true)]
    [InlineData("INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b=excluded.b, n=t.n+1", false)]
    [InlineData("SELECT COUNT(*) FROM (SELECT 1 FROM t LIMIT (2))", true)]
    [InlineData("SELECT COUNT(*) FROM (SELECT 1 FROM t LIMIT (2)) AS some WHERE 1=1", false)]
    [InlineData("SELECT SUM(n) FROM t", true)]
    [InlineData("SELECT CAST(SUM(n) AS BIGINT) FROM t", false)]
    [InlineData("SELECT 1 FROM t WHERE +a=1", true)]
    [InlineData("SELECT 1 FROM t WHERE a LIKE @b", true)]
    [InlineData("SELECT 1 FROM t WHERE lower(a) LIKE lower(@b)", false)]
    [InlineData("SELECT 1 FROM t WHERE a=$b", true)]
    [InlineData("SELECT 1 FROM t ORDER BY rowid", true)]
    [InlineData("SELECT 1 FROM t LIMIT 5 OFFSET 5", true)]
    public void Sql_for_one_database_only_is_found(string sql, bool found) =>
        Assert.Equal(found, PortableSql.Faults(new SourceFile("hub/Sites/SiteStore.cs", $"scope.Execute(\"{sql}\")")).Any());

    [Fact]
    public void Dialects_that_differ_are_found()
    {
        static MigrationTables Of(string sql) => MigrationTables.Of(new Dictionary<string, string> { ["1.sql"] = sql });
        var sqlite = Of("CREATE TABLE a (\n  n INTEGER PRIMARY KEY, -- why, and what\n  t TEXT CHECK (t IN ('x', 'y')),\n  PRIMARY KEY (n, t)\n) STRICT, WITHOUT ROWID;");
        Assert.Equal(["n BIGINT", "t TEXT"], sqlite.Columns["a"]);
        Assert.Empty(MigrationTables.Differences(sqlite, Of("CREATE TABLE a (\n  n bigint PRIMARY KEY,\n  t text\n);")));
        Assert.Single(MigrationTables.Differences(sqlite, Of("CREATE TABLE a (\n  t text,\n  n bigint\n);")));
        Assert.Single(MigrationTables.Differences(sqlite, Of("CREATE TABLE a (\n  n double precision,\n  t text\n);")));
        Assert.Equal(2, MigrationTables.Differences(sqlite, MigrationTables.Of(new Dictionary<string, string>())).Count());
    }

    [Theory]
    [InlineData("hub/Common/X.cs", true)]
    [InlineData("edge/Agent/Utils/X.cs", true)]
    [InlineData("tests/Support/ServiceProbe.cs", false)]
    public void A_drawer_is_found(string path, bool found) => Assert.Equal(found, HouseRules.IsInADrawer(path));

    [Theory]
    [InlineData("cd /wor" + "k/project", true)]
    [InlineData("cat /roo" + "t/notes", true)]
    [InlineData("open /hom" + "e/ada/x", true)]
    [InlineData("registry" + "=http://mirror.internal/npm", true)]
    [InlineData("http://10.1" + ".2.3:4873/", true)]
    [InlineData("/api/work-orders and $bare/roo" + "t/field", false)]
    [InlineData("http://127.0.0.1:5311", false)]
    public void A_machines_name_is_found(string text, bool found) => Assert.Equal(found, HouseRules.MachineWords().IsMatch(text));

    [Theory]
    [InlineData("[1.2.3]", true)]
    [InlineData("1.2.3", false)]
    [InlineData("[1.2.3,2.0)", false)]
    [InlineData("1.*", false)]
    public void A_loose_version_is_found(string version, bool exact) => Assert.Equal(exact, HouseRules.IsExactPin(version));
}
