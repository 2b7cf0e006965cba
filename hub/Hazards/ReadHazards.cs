using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>
/// <c>GET /api/hazards</c>: the dangers that stand, seen last first; with <c>all=true</c> every report as it came, newest first,
/// also what has ended or run out.
/// </summary>
public static class ReadHazards
{
    private const int MostLimit = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/hazards", async Task<Results<Ok<HazardPage>, ValidationProblem>> (
            Database database, HazardsOptions options, TimeProvider time, CancellationToken cancel, bool all = false, long? before = null, int limit = 100) =>
        {
            if (limit is < 1 or > MostLimit) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] });
            var items = await database.ReadAsync(c => all
                ? Named(c, HazardStore.Page(c, before ?? long.MaxValue, limit).Select(r => new HazardGroup(r, [r])))
                : Named(c, HazardGroup.Of(HazardStore.Standing(c, null, time.GetUtcNow()), options.SameM).Take(MostLimit)), cancel).ConfigureAwait(false);
            return TypedResults.Ok(new HazardPage(items));
        }).RequirePermission("orders.read").WithSummary("List dangers at places");

    internal static Hazard View(HazardGroup group, string? crewName) => new(
        group.Last.Id, group.Last.Kind, group.Last.At.Latitude, group.Last.At.Longitude, Time(group.Last.AtMs)!.Value, Time(group.UntilMs)!.Value, group.All.Count,
        group.Last.Crew, crewName, group.Last.Vehicle, group.Last.Who, Time(group.Last.EndedMs), group.Last.EndedBy);

    private static List<Hazard> Named(DbConnection connection, IEnumerable<HazardGroup> groups)
    {
        var names = CrewStore.Summaries(connection).ToDictionary(c => c.Id, c => c.Name);
        return [.. groups.Select(g => View(g, g.Last.Crew is { } crew ? names.GetValueOrDefault(crew) : null))];
    }

    private static DateTimeOffset? Time(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    public sealed record HazardPage(IReadOnlyList<Hazard> Items);
}
