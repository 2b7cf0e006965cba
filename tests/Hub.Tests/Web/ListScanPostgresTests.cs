using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>
/// The same as <see cref="ListScanTests"/> on PostgreSQL. Its planner prefers to go through a table that is small; told not to, it does
/// so only where no index can be used.
/// </summary>
[Trait("Store", "Postgres")]
public sealed partial class ListScanPostgresTests
{
    [Fact]
    public async Task No_list_needs_to_go_through_a_table_that_grows()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        var (order, number) = await ListAddresses.PrepareAsync(client);
        var connection = hub.Services.GetRequiredService<StorageOptions>().Connection;
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        var asked = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var now = "";
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                var tags = activity.TagObjects.ToDictionary(t => t.Key, t => t.Value?.ToString() ?? "");
                if ((tags.GetValueOrDefault("db.namespace") ?? tags.GetValueOrDefault("db.name")) == name
                    && (tags.GetValueOrDefault("db.query.text") ?? tags.GetValueOrDefault("db.statement")) is { } sql) asked.TryAdd(sql, now);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await ListAddresses.ReadAsync(hub, client, order, number, address => now = address);
        Assert.True(asked.Count > 60, $"{asked.Count} questions");

        await using var planner = new NpgsqlConnection(connection);
        await planner.OpenAsync();
        await RunAsync(planner, "SET enable_seqscan=off; SET plan_cache_mode=force_generic_plan");
        var (faults, unread) = (new List<string>(), new List<string>());
        foreach (var (sql, address) in asked.Where(a => Question().IsMatch(a.Key)))
        {
            var names = Named().Matches(sql).Select(m => m.Value).Distinct().ToList();
            var numbered = Named().Replace(sql, m => $"${names.IndexOf(m.Value) + 1}");
            try
            {
                await RunAsync(planner, $"PREPARE question AS {numbered}");
            }
            catch (PostgresException e)
            {
                unread.Add($"{address}: {e.MessageText}: {Blanks().Replace(sql, " ")}");
                continue;
            }

            var plan = await ReadAsync(planner, $"EXPLAIN EXECUTE question{(names.Count > 0 ? $"({string.Join(", ", names.Select(_ => "NULL"))})" : "")}");
            await RunAsync(planner, "DEALLOCATE question");
            faults.AddRange(plan.SelectMany(l => Scan().Matches(l)).Select(m => m.Groups[1].Value).Where(t => !ListAddresses.Small.Contains(t) && !t.StartsWith("pg_", StringComparison.Ordinal))
                .Distinct().Select(t => $"{address}: {t}: {Blanks().Replace(sql, " ")}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        // A parameter whose type the database cannot tell by itself.
        Assert.True(unread.Count < 5, string.Join('\n', unread));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return lines;
    }

    [GeneratedRegex(@"^\s*(SELECT|WITH)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Question();

    [GeneratedRegex(@"@[A-Za-z]\w*")]
    private static partial Regex Named();

    [GeneratedRegex(@"Seq Scan on (\w+)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
