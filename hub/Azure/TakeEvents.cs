using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>
/// <c>POST /azure/events</c>: Event Grid's webhook. The key is checked before anything is read. 200 means that everything in the call is
/// committed; 503 brings it again. What is wrong with one event must not cost the others, so 400 is for a body that is no delivery at all.
/// https://learn.microsoft.com/azure/event-grid/delivery-and-retry
/// </summary>
internal sealed class TakeEvents(AzureOptions options, Inboxes inboxes, SortEvents sort, EventCounts counts, TimeProvider time, ILogger<TakeEvents> log)
{
    public const string Path = "/azure/events";
    public const string KeyHeader = "X-Field-Key";

    /// <summary>Where CloudEvents' handshake comes from.</summary>
    private const string Origin = "eventgrid.azure.net";

    // An event has at most 1 MB; a batch prefers less.
    private const long MostBytes = 2 * 1024 * 1024;
    private const int LongestCode = 512;
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 32 };

    /// <summary><c>OPTIONS /azure/events</c>: CloudEvents' handshake, which is consent and no sign-in.</summary>
    public IResult Consent(HttpContext context)
    {
        if (!options.IsOn) return Missing();
        // As the specification has it, one origin; whoever else asks hears nothing.
        if (!string.Equals(context.Request.Headers["WebHook-Request-Origin"], Origin, StringComparison.OrdinalIgnoreCase)) return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        context.Response.Headers["WebHook-Allowed-Origin"] = Origin;
        context.Response.Headers["WebHook-Allowed-Rate"] = "*";
        return TypedResults.Ok();
    }

    public async Task<IResult> HandleAsync(HttpContext context, CancellationToken cancel)
    {
        if (!options.IsOn) return Missing();
        if (!HasKey(context.Request))
        {
            counts.Add("refused-key");
            log.KeyRefused();
            return TypedResults.Problem($"the header {KeyHeader} or ?key= must hold a key of Azure:WebhookKeyFile", statusCode: StatusCodes.Status401Unauthorized);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        JsonDocument delivery;
        try
        {
            delivery = await JsonDocument.ParseAsync(context.Request.Body, Json, cancel).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return NoDelivery();
        }

        using (delivery)
        {
            if (CloudEvent.Read(delivery.RootElement) is not { } events) return NoDelivery();
            counts.Heard(time.GetUtcNow());
            if (events is [{ Type: CloudEvent.Validation } validation]) return Validate(validation);
            return await CommitAsync(events, cancel).ConfigureAwait(false) ? TypedResults.Ok() : Later(context);
        }
    }

    private async Task<bool> CommitAsync(IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        var waiting = new List<Task>();
        foreach (var lane in (await sort.SortAsync(events, cancel).ConfigureAwait(false)).GroupBy(l => inboxes.Of(l.Key)))
        {
            var parcel = new Parcel([.. lane.SelectMany(l => l)]);
            if (lane.Key is null || !lane.Key.Offer(parcel)) return false;
            waiting.Add(parcel.Committed);
        }

        try
        {
            await Task.WhenAll(waiting).WaitAsync(options.EventWait, time, cancel).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private IResult Validate(CloudEvent validation)
    {
        if (validation.Text("validationCode") is not { Length: > 0 and <= LongestCode } code) return NoDelivery();
        counts.Add("validations");
        log.Validated();
        return TypedResults.Json(new { validationResponse = code });
    }

    private ProblemHttpResult Later(HttpContext context)
    {
        counts.Add("put-off");
        context.Response.Headers.RetryAfter = "30";
        return TypedResults.Problem("what came could not be committed yet: deliver it again", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static ProblemHttpResult NoDelivery() => TypedResults.Problem("the body is no delivery of Event Grid", statusCode: StatusCodes.Status400BadRequest);

    private static ProblemHttpResult Missing() => TypedResults.Problem("this hub takes no events of Azure: Azure:Host is not set", statusCode: StatusCodes.Status404NotFound);

    private bool HasKey(HttpRequest request)
    {
        StringValues shown = request.Headers[KeyHeader];
        if (shown.Count == 0) shown = request.Query["key"];
        if (shown is not [{ Length: > 0 and <= 512 } text]) return false;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var good = false;
        try
        {
            foreach (var key in options.WebhookKeys()) good |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), hash);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.KeysUnreadable(e.Message);
        }

        return good;
    }
}
