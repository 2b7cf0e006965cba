using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary><c>GET /api/webhooks</c> and <c>GET /api/webhooks/{id}</c>: who is told, and how it stands.</summary>
public static class ReadWebhooks
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/webhooks", async (Database database, CancellationToken cancel) => TypedResults.Ok(await database.ReadAsync(c =>
        {
            var pending = WebhookStore.Pending(c);
            return new WebhookList([.. WebhookStore.All(c).Select(w => WebhookView.Of(c, w, pending.GetValueOrDefault(w.Id)))]);
        }, cancel).ConfigureAwait(false))).RequirePermission("webhooks.write").WithSummary("List webhooks");
        routes.MapGet("/api/webhooks/{id}", OneAsync).RequirePermission("webhooks.write").WithSummary("Read one webhook");
    }

    internal static ProblemHttpResult Missing(string id) =>
        TypedResults.Problem($"no webhook has the id '{id}': GET /api/webhooks lists those there are", statusCode: StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<WebhookView>, ProblemHttpResult>> OneAsync(string id, Database database, CancellationToken cancel) =>
        await database.ReadAsync(c => WebhookStore.Find(c, id) is { } w ? WebhookView.Of(c, w, WebhookStore.Pending(c).GetValueOrDefault(id)) : null, cancel).ConfigureAwait(false) is { } view
            ? TypedResults.Ok(view)
            : Missing(id);

    public sealed record WebhookList(IReadOnlyList<WebhookView> Items);
}
