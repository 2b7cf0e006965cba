using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// What every call of GeoReport has in common, in order: limit, format, parameters, jurisdiction, key, answer. Everything,
/// also what is refused, is answered in the format of the path's suffix.
/// </summary>
internal sealed class GeoReport(
    Open311Options options, PublicRequests requests, HubOptions hub, CallLimiter limiter, KeyCheck keys, GeoBody body, DiskRoom room, TimeProvider time)
{
    public const string Root = "/open311";
    public const string Endpoint = Root + "/v2";

    private const string NoFormat = "answers come as XML and JSON: end the path in .xml or .json";
    private const string TooManyFields = "there are more than 1000 parameters: send those of the report only";

    public async Task RunAsync(HttpContext context, GeoResource resource, string suffix, string id)
    {
        var format = GeoWriter.FormatOf(suffix);
        var answer = format is { } known
            ? await AnswerAsync(context, resource, known, id).ConfigureAwait(false)
            : GeoAnswer.Missing(NoFormat);
        await WriteAsync(context, answer, format ?? GeoFormat.Xml).ConfigureAwait(false);
    }

    public async Task WriteAsync(HttpContext context, GeoAnswer answer, GeoFormat format)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = GeoWriter.MediaType(format);
        response.Headers.CacheControl = answer.Status == StatusCodes.Status200OK && HttpMethods.IsGet(context.Request.Method) ? "no-cache" : "no-store";
        // Pages of other sites may show what everybody may read.
        if (HttpMethods.IsGet(context.Request.Method)) response.Headers.AccessControlAllowOrigin = "*";
        if (answer.RetryAfter is { } wait) response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (answer.Allow is { } allow) response.Headers.Allow = allow;
        if (answer.NextPage is { } next) response.Headers.Link = $"<{EndpointOf(context.Request)}/{(answer.Root == "service_requests" ? "requests" : "servicerequestupdates")}.{(format == GeoFormat.Json ? "json" : "xml")}?{next}>; rel=\"next\"";
        await response.Body.WriteAsync(GeoWriter.Write(answer.Root, answer.Content, format), context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The answer when a caller has asked too often; null while it has not.</summary>
    public GeoAnswer? OverLimit(HttpContext context) =>
        limiter.Take(CallLimiter.Caller(context.Connection.RemoteIpAddress), options.CallsPerMinutePerAddress) is { } wait
            ? TooMany(wait, "calls from this address")
            : null;

    private async Task<GeoAnswer> AnswerAsync(HttpContext context, GeoResource resource, GeoFormat format, string id)
    {
        if (OverLimit(context) is { } over) return over;
        try
        {
            return await AnswerWithinLimitAsync(context, resource, format, id).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? GeoAnswer.Error(e.StatusCode, $"the body is too large: send at most 1 MiB, with files at most {options.MaxUploadBytes / (1024 * 1024)} MiB")
                : GeoAnswer.Error(e.StatusCode, "the request cannot be read: send it again, whole");
        }
        catch (Exception e) when (room.IsFull(e))
        {
            return GeoAnswer.Error(StatusCodes.Status507InsufficientStorage, "the hub's disk is full and nothing was stored: send this again later");
        }
    }

    private async Task<GeoAnswer> AnswerWithinLimitAsync(HttpContext context, GeoResource resource, GeoFormat format, string id)
    {
        var cancel = context.RequestAborted;
        var fields = GeoFields.Parse(System.Text.Encoding.UTF8.GetBytes(context.Request.QueryString.Value ?? ""));
        IReadOnlyList<GeoFile> files = [];
        var actor = Actor.Nobody;
        if (resource.Permission is { } permission)
        {
            var (form, sent, fault) = await body.ReadAsync(context, cancel).ConfigureAwait(false);
            if (fault is not null) return fault;
            form.AddMissing(fields);
            (fields, files) = (form, sent);
            var (key, refused) = await AskKeyAsync(context, fields["api_key"], permission, cancel).ConfigureAwait(false);
            if (refused is not null) return refused;
            actor = key;
        }

        if (fields.TooMany) return GeoAnswer.Bad(TooManyFields);
        if (fields["jurisdiction_id"] is { } jurisdiction && !jurisdiction.Equals(hub.Jurisdiction, StringComparison.OrdinalIgnoreCase))
            return GeoAnswer.Missing($"this server has no jurisdiction of this jurisdiction_id: it serves {hub.Jurisdiction}");
        return await resource.Handle(
            new GeoCall { Format = format, Fields = fields, Id = id, Endpoint = EndpointOf(context.Request), Key = actor, Files = files }, cancel).ConfigureAwait(false);
    }

    private async Task<(Actor Key, GeoAnswer? Refused)> AskKeyAsync(HttpContext context, string? key, string permission, CancellationToken cancel)
    {
        var answer = await keys.AskAsync(context, key, permission, cancel).ConfigureAwait(false);
        if (answer.WaitUntil is { } until) return (Actor.Nobody, TooMany(until - time.GetUtcNow(), "wrong keys from this address"));
        if (answer.Refusal is { } refusal)
        {
            return (Actor.Nobody, GeoAnswer.Error(StatusCodes.Status403Forbidden, refusal switch
            {
                KeyRefusal.Missing => "api_key is missing: send the key that the city gave you",
                KeyRefusal.Unknown => "this api_key is not good: send one that the city gave you and has not taken back",
                _ => $"this api_key may not do this: ask the city for one with {permission}",
            }));
        }

        var wait = limiter.Take("k:" + answer.Actor!.Id, options.PostsPerMinutePerKey);
        return wait is { } pause ? (Actor.Nobody, TooMany(pause, "posts with this key")) : (answer.Actor, null);
    }

    private static GeoAnswer TooMany(TimeSpan wait, string what) =>
        GeoAnswer.Error(StatusCodes.Status429TooManyRequests, $"too many {what}: wait as long as Retry-After says") with { RetryAfter = wait };

    private string EndpointOf(HttpRequest request) => requests.EndpointOf(request);
}
