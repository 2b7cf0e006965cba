using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary><c>GET /api/city/pushes</c>: what goes to the city, newest first, by pages; <c>GET /api/city/pushes/{id}</c> with what happened to it.</summary>
public static class ReadPushes
{
    private const int UsualLimit = 100;
    private const int MostLimit = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/city/pushes", ListAsync).RequirePermission("city.read").WithSummary("List pushes to the city");
        routes.MapGet("/api/city/pushes/{id}", OneAsync).RequirePermission("city.read").WithSummary("Read one push to the city");
    }

    private static async Task<Results<Ok<PushPage>, ValidationProblem>> ListAsync(
        Database database, CancellationToken cancel, string? state = null, int? limit = null, string? cursor = null)
    {
        var errors = new Dictionary<string, string[]>();
        var words = Enum.GetValues<PushState>().Select(CityStore.Word).ToList();
        if (state is not null && !words.Contains(state)) errors["state"] = [$"one of {string.Join(", ", words)}"];
        if (limit is < 1 or > MostLimit) errors["limit"] = [$"1 to {MostLimit}"];
        var after = Parse(cursor);
        if (after is null && !string.IsNullOrEmpty(cursor)) errors["cursor"] = ["what a page gave as next"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var most = limit ?? UsualLimit;
        var page = await database.ReadAsync(c => CityStore.Page(c, state is null ? null : CityStore.Parse<PushState>(state), after, most + 1), cancel).ConfigureAwait(false);
        var shown = page.Take(most).ToList();
        return TypedResults.Ok(new PushPage(
            [.. shown.Select(p => PushView.Of(p, null))],
            page.Count > most ? string.Create(CultureInfo.InvariantCulture, $"{shown[^1].CreatedAt.ToUnixTimeMilliseconds()}.{shown[^1].Id}") : null));
    }

    private static async Task<Results<Ok<PushView>, ProblemHttpResult>> OneAsync(string id, Database database, CancellationToken cancel) =>
        await database.ReadAsync(c => CityStore.Find(c, null, id) is { } push ? PushView.Of(push, CityStore.Lines(c, null, id)) : null, cancel).ConfigureAwait(false) is { } view
            ? TypedResults.Ok(view)
            : TypedResults.Problem($"no push has the id '{id}': GET /api/city/pushes lists those there are", statusCode: StatusCodes.Status404NotFound);

    private static (long, string)? Parse(string? cursor) =>
        cursor?.Split('.', 2) is [var ms, var id] && long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? (at, id) : null;

    public sealed record PushPage(IReadOnlyList<PushView> Items, string? Next);
}
