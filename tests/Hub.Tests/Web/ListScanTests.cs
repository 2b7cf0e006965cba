using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>
/// Every address that can be read is read, what it asks the database is written down, and the database says how it would look for it:
/// no list may go through a table that grows.
/// </summary>
[Trait("Store", "Sqlite")]
public sealed partial class ListScanTests
{
    [Fact]
    public async Task No_list_goes_through_a_table_that_grows()
    {
        await using var hub = await RealHub.StartAsync(settings: s => s.Storage.Readers = 1);
        using var client = await hub.WithKeyAsync("city-it");
        var (order, number) = await ListAddresses.PrepareAsync(client);
        var database = hub.Services.GetRequiredService<Database>();
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        var now = "";
        // One reader, so one connection: the database tells on it what it has been asked, with its parameters unfilled.
        await database.ReadAsync(c =>
        {
            raw.sqlite3_profile(((SqliteConnection)c).Handle!, (_, sql, _) => asked.TryAdd(sql, now), null);
            return true;
        }, default);
        await ListAddresses.ReadAsync(hub, client, order, number, address => now = address);
        Assert.True(asked.Count > 60, $"{asked.Count} questions");
        var faults = await database.ReadAsync(c => asked.ToList().SelectMany(a => Scans(c, a.Key).Select(s => $"{a.Value}: {s}: {Blanks().Replace(a.Key, " ")}")).ToList(), default);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<string> Scans(System.Data.Common.DbConnection connection, string sql)
    {
        if (!Question().IsMatch(sql)) yield break;
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Named().Matches(sql).Select(m => m.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, DBNull.Value);
            command.Parameters.Add(parameter);
        }

        using var reader = command.ExecuteReader();
        var sorted = false;
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        foreach (var line in lines)
        {
            sorted |= line.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal);
            if (Scan().Match(line) is not { Success: true } scan) continue;
            var table = Regex.Match(sql, $@"\b(?:FROM|JOIN)\s+(\w+)\s+(?:AS\s+)?{scan.Groups[1].Value}\b", RegexOptions.IgnoreCase) is { Success: true } alias ? alias.Groups[1].Value : scan.Groups[1].Value;
            if (!ListAddresses.Small.Contains(table) && !line.Contains("INDEX", StringComparison.Ordinal) && IsTable(connection, table)) yield return line;
            // In the order of an index a list ends where its page does; one that is sorted first does not.
            else if (!ListAddresses.Small.Contains(table) && sorted && IsTable(connection, table)) yield return line + ", then sorted";
        }
    }

    private static bool IsTable(System.Data.Common.DbConnection connection, string name) =>
        connection.QuerySingle<long>("SELECT COUNT(*) FROM sqlite_master WHERE type='table' AND name=@name", new { name }) == 1;

    [GeneratedRegex(@"^\s*(SELECT|WITH)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Question();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Named();

    [GeneratedRegex(@"^SCAN (\w+)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
