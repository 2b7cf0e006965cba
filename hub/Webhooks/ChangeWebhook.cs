using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>
/// What a person does with a subscription: <c>…/retry</c> tries at once what waits or was refused, and enables it if it was disabled; <c>…/ping</c> sends an
/// event without a request; <c>…/secret</c> gives it a new secret, with which deliveries are signed from then on; <c>DELETE</c> ends it.
/// </summary>
public static class ChangeWebhook
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/webhooks/{id}/retry", RetryAsync).RequirePermission("webhooks.write").WithSummary("Try a webhook's deliveries again now, and enable it");
        routes.MapPost("/api/webhooks/{id}/ping", PingAsync).RequirePermission("webhooks.write").WithSummary("Send a test event to a webhook");
        routes.MapPost("/api/webhooks/{id}/secret", SecretAsync).RequirePermission("webhooks.write").WithSummary("Give a webhook a new secret");
        routes.MapDelete("/api/webhooks/{id}", DeleteAsync).RequirePermission("webhooks.write").WithSummary("Delete a webhook");
    }

    private static Task<Results<Ok<WebhookView>, ProblemHttpResult>> RetryAsync(string id, HttpContext context, Database database, CancellationToken cancel) =>
        ChangeAsync(id, "webhook.retry", context, database, (scope, webhook) =>
        {
            WebhookStore.RetryRefused(scope, id);
            scope.Raise(new WebhookQueued(id));
            return WebhookLife.Retry(webhook);
        }, cancel);

    private static Task<Results<Ok<WebhookView>, ProblemHttpResult>> PingAsync(string id, HttpContext context, Database database, WebhooksOptions options, CancellationToken cancel) =>
        ChangeAsync(id, "webhook.ping", context, database, (scope, webhook) =>
        {
            WebhookStore.Queue(scope, id, "", options.MaxPending);
            scope.Raise(new WebhookQueued(id));
            return webhook;
        }, cancel);

    private static async Task<Results<Ok<CreateWebhook.Created>, ProblemHttpResult>> SecretAsync(
        string id, HttpContext context, Database database, WebhookSecrets secrets, CancellationToken cancel)
    {
        var changed = await ChangeAsync(
            id, "webhook.secret", context, database, (_, webhook) => webhook with { SecretN = webhook.SecretN + 1, SecretCheck = secrets.Check(id, webhook.SecretN + 1) }, cancel).ConfigureAwait(false);
        if (changed.Result is not Ok<WebhookView> { Value: { } view }) return ReadWebhooks.Missing(id);
        var n = await database.ReadAsync(c => WebhookStore.Find(c, id)?.SecretN ?? 0, cancel).ConfigureAwait(false);
        return TypedResults.Ok(new CreateWebhook.Created(view, secrets.Text(id, n)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, HttpContext context, Database database, CancellationToken cancel)
    {
        var actor = context.Actor();
        var found = await database.WriteAsync(scope =>
        {
            if (WebhookStore.Find(scope.Connection, id, scope.Transaction) is not { } webhook) return false;
            WebhookStore.Delete(scope, id);
            Audit.Write(scope, actor, "webhook.delete", id, WebhookView.Shown(webhook.Url));
            return true;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return found ? TypedResults.NoContent() : ReadWebhooks.Missing(id);
    }

    private static async Task<Results<Ok<WebhookView>, ProblemHttpResult>> ChangeAsync(
        string id, string what, HttpContext context, Database database, Func<WriteScope, Webhook, Webhook> change, CancellationToken cancel)
    {
        var actor = context.Actor();
        var view = await database.WriteAsync(scope =>
        {
            if (WebhookStore.Seize(scope, id) is not { } webhook) return null;
            var next = change(scope, webhook);
            WebhookStore.Save(scope, next);
            Audit.Write(scope, actor, what, id, WebhookView.Shown(next.Url));
            return WebhookView.Of(scope.Connection, next, WebhookStore.Pending(scope.Connection, scope.Transaction).GetValueOrDefault(id), scope.Transaction);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return view is null ? ReadWebhooks.Missing(id) : TypedResults.Ok(view);
    }
}
