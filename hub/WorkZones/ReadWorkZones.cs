using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkZones;

/// <summary><c>GET /api/work-zones</c>: works that last or are to come, as GeoJSON, those first that end first; <c>after</c> another time than now: those that end after it; <c>lasting=true</c>: without those to come.</summary>
public static class ReadWorkZones
{
    // A city has hundreds at a time.
    private const int MostLimit = 1_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/work-zones", async Task<Results<Ok<WorkZoneFeatures>, ValidationProblem>> (
            Database database, TimeProvider time, CancellationToken cancel, DateTimeOffset? after = null, bool lasting = false, int limit = MostLimit) =>
        {
            if (limit is < 1 or > MostLimit) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] });
            var now = time.GetUtcNow();
            var works = await database.ReadAsync(c => WorkZoneStore.EndingAfter(c, (after ?? now).ToUnixTimeMilliseconds(), lasting ? now.ToUnixTimeMilliseconds() : long.MaxValue, limit), cancel).ConfigureAwait(false);
            return TypedResults.Ok(new WorkZoneFeatures("FeatureCollection", [.. works.Select(w => View(w, now))]));
        }).RequirePermission("orders.read").WithSummary("List announced works on the roads, as GeoJSON");

    private static WorkZoneFeature View(WorkZone works, DateTimeOffset now)
    {
        using var drawn = JsonDocument.Parse(works.Drawn.Text);
        var (from, until) = (DateTimeOffset.FromUnixTimeMilliseconds(works.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(works.UntilMs));
        return new WorkZoneFeature(
            "Feature", works.Id, new WorkZoneProperties(works.Layer, works.Label, from, until, until <= now ? "over" : from <= now ? "lasting" : "to come"), drawn.RootElement.Clone());
    }

    /// <param name="Type">As GeoJSON has it.</param>
    /// <param name="Features">One of each works.</param>
    public sealed record WorkZoneFeatures(string Type, IReadOnlyList<WorkZoneFeature> Features);

    /// <param name="Type">As GeoJSON has it.</param>
    /// <param name="Id">Its id in its layer.</param>
    /// <param name="Properties">What is known of it.</param>
    /// <param name="Geometry">Lines or areas, WGS 84.</param>
    public sealed record WorkZoneFeature(string Type, string Id, WorkZoneProperties Properties, JsonElement Geometry);

    /// <param name="Layer">The feed's name.</param>
    /// <param name="Label">What people call it.</param>
    /// <param name="From">Since when.</param>
    /// <param name="Until">Until when.</param>
    /// <param name="State"><c>to come</c>, <c>lasting</c> or <c>over</c>.</param>
    public sealed record WorkZoneProperties(string Layer, string Label, DateTimeOffset From, DateTimeOffset Until, string State);
}
