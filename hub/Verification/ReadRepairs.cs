using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Verification;

/// <summary><c>GET /api/repairs?state=&amp;limit=&amp;cursor=</c>: repairs by what later passes say, the newest first, and how many there are of each.</summary>
public static class ReadRepairs
{
    private const int UsualLimit = 100;
    private const int MostLimit = 1_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/repairs", ListAsync).RequirePermission("requests.read")
        .WithSummary("List repairs and what later passes say of them");

    private static async Task<Results<Ok<RepairPage>, ValidationProblem>> ListAsync(
        Database database, CancellationToken cancel, string state = RepairState.Doubtful, int? limit = null, string? cursor = null)
    {
        var errors = new Dictionary<string, string[]>();
        if (!RepairState.All.Contains(state)) errors["state"] = [string.Join(", ", RepairState.All)];
        if (limit is < 1 or > MostLimit) errors["limit"] = [$"1 to {MostLimit}"];
        var (beforeMs, beforeSource) = Behind(cursor);
        if (beforeMs is null) errors["cursor"] = ["what a page gave as next"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var most = limit ?? UsualLimit;
        var (rows, counts) = await database.ReadAsync(
            c => (RepairStore.Page(c, state, most + 1, beforeMs!.Value, beforeSource), RepairStore.Counts(c)), cancel).ConfigureAwait(false);
        var page = rows.Take(most).ToList();
        var next = rows.Count > most ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].RepairedMs}.{page[^1].Source}") : null;
        return TypedResults.Ok(new RepairPage([.. page.Select(RepairView.Of)], next, RepairState.All.ToDictionary(s => s, s => counts.GetValueOrDefault(s))));
    }

    private static (long? BeforeMs, string Source) Behind(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return (long.MaxValue, "");
        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(cursor.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? (ms, cursor[(dot + 1)..]) : (null, "");
    }

    public sealed record RepairPage(IReadOnlyList<RepairView> Items, string? Next, IReadOnlyDictionary<string, int> Counts);
}
