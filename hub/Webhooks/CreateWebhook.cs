using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Open311;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary><c>POST /api/webhooks</c>: subscribes an address. Its secret is in the answer, and never shown again.</summary>
public static class CreateWebhook
{
    private const int LongestDescription = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/webhooks", HandleAsync).RequirePermission("webhooks.write")
        .WithSummary("Subscribe an address to events of public requests");

    private static async Task<Results<Created<Created>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Body body, HttpContext context, Database database, WebhooksOptions options, WebhookSecrets secrets, CancellationToken cancel)
    {
        var requests = context.RequestServices.GetRequiredService<PublicRequests>();
        var errors = new Dictionary<string, string[]>();
        if (WebhookAddress.Fault(body.Url, options) is { } fault) errors["url"] = [fault];
        if (body.Description?.Length > LongestDescription) errors["description"] = [$"at most {LongestDescription} characters"];
        var events = body.Events is { Count: > 0 } ? body.Events.Distinct().ToList() : [.. WebhookEvent.All];
        if (events.Except(WebhookEvent.All).Any()) errors["events"] = [$"of {string.Join(", ", WebhookEvent.All)}; none: all of them"];
        var services = body.Services?.Distinct().ToList() ?? [];
        if (services.Except(requests.Services([])).ToList() is [var strange, ..]) errors["services"] = [$"codes of public services; {strange} is none"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var id = "wh" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        var made = await database.WriteAsync(scope =>
        {
            if (WebhookStore.All(scope.Connection, scope.Transaction).Count >= options.MaxSubscriptions) return null;
            var webhook = new Webhook
            {
                Id = id, Url = body.Url!, Description = body.Description?.Trim() ?? "", Events = events, Services = services, SecretCheck = secrets.Check(id, 1), CreatedAt = scope.Now,
            };
            WebhookStore.Add(scope, webhook);
            Audit.Write(scope, actor, "webhook.create", id, WebhookView.Shown(webhook.Url));
            return webhook;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return made is null
            ? TypedResults.Problem($"there are {options.MaxSubscriptions} subscriptions (Webhooks:MaxSubscriptions): delete one that nobody needs", statusCode: StatusCodes.Status409Conflict)
            : TypedResults.Created($"/api/webhooks/{id}", new Created(WebhookView.Of(made, 0, []), secrets.Text(id, made.SecretN)));
    }

    /// <param name="Url">Where events are posted to.</param>
    /// <param name="Description">Whose it is, for people.</param>
    /// <param name="Events">Of request.opened, request.updated and request.closed; none: all.</param>
    /// <param name="Services">Codes; none: every public service.</param>
    public sealed record Body(string? Url = null, string? Description = null, IReadOnlyList<string>? Events = null, IReadOnlyList<string>? Services = null);

    /// <param name="Webhook">The subscription.</param>
    /// <param name="Secret">For checking signatures. It is shown here and never again.</param>
    public sealed record Created(WebhookView Webhook, string Secret);
}
