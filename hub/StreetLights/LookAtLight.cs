using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>
/// <c>PUT /api/street-lights/{pole}/burns</c>: a person has looked at a light that no vehicle ever saw burning, and it burns. It shows
/// nothing on the street: until vehicles see it burn, dark passes say nothing of it. One that is out is reported as any other.
/// <c>DELETE</c> takes that back.
/// </summary>
public static class LookAtLight
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/api/street-lights/{pole}/burns", (string pole, Database database, PoleIndex poles, MarkSites marks, RefoldLights refold, HttpContext context, CancellationToken cancel) =>
            SetAsync(pole, burns: true, database, poles, marks, refold, context, cancel)).RequirePermission("requests.review").WithSummary("Say that a street light that vehicles never saw burning burns");
        routes.MapDelete("/api/street-lights/{pole}/burns", (string pole, Database database, PoleIndex poles, MarkSites marks, RefoldLights refold, HttpContext context, CancellationToken cancel) =>
            SetAsync(pole, burns: false, database, poles, marks, refold, context, cancel)).RequirePermission("requests.review").WithSummary("Take back that a street light burns");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        string pole, bool burns, Database database, PoleIndex poles, MarkSites marks, RefoldLights refold, HttpContext context, CancellationToken cancel)
    {
        if (poles.Find(pole) is not { } light) return TypedResults.Problem($"no pole of the inventory has the id '{pole}': GET /api/street-lights lists those there are", statusCode: StatusCodes.Status404NotFound);
        var actor = context.Actor();
        await database.WriteAsync(scope =>
        {
            Set(scope, light, burns, marks, refold);
            Audit.Write(scope, actor, burns ? "street-light.burns" : "street-light.unlooked", pole);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    internal static void Set(WriteScope scope, StreetLight light, bool burns, MarkSites marks, RefoldLights refold)
    {
        var nowMs = scope.Now.ToUnixTimeMilliseconds();
        var source = $"look:{light.Pole}";
        // The same as a crew that finds nothing wrong.
        marks.Set(scope, source, burns ? [new SiteMark(source, SiteKind.Lamp, Repaired: false, nowMs, nowMs, Replay: false, light.At, light.Pole)] : []);
        refold.Run(scope, light.Pole);
    }
}
