using System.Text.Json;
using System.Text.RegularExpressions;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>
/// Says what is wrong with a request that the framework cannot read, and what would be right, in the API's own words: the
/// framework answers with nothing, or with names of types. And says that the disk is full or the
/// database away, which is no fault of the request.
/// </summary>
internal sealed partial class BadRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, DiskRoom room)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Results.Problem(Explain(e), statusCode: e.StatusCode).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted && room.IsFull(e))
        {
            await Results.Problem(DiskFull, statusCode: StatusCodes.Status507InsufficientStorage).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted && StoreTrouble.Is(e))
        {
            await Results.Problem(StoreAway, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    /// <summary>What else has no words of its own: an address where nothing is, a method that it does not take, a bug.</summary>
    public static string? Explain(int status) => status switch
    {
        StatusCodes.Status404NotFound => "nothing is at this address: check how it is written",
        StatusCodes.Status405MethodNotAllowed => "this address does not take this method: the Allow header says which it takes",
        StatusCodes.Status415UnsupportedMediaType => NotJson,
        >= StatusCodes.Status500InternalServerError => "the hub failed on this request: its log says why; try again, and tell whoever runs it",
        _ => null,
    };

    private const string DiskFull = "the hub's disk is full and nothing was stored: make room on it, then send this again";
    private const string StoreAway = "the hub's database does not answer and nothing was changed: whoever runs the hub must look at it; send this again then";
    private const string NotJson = "the body is not marked as JSON: send it with Content-Type: application/json";

    private static string Explain(BadHttpRequestException e)
    {
        if (e.InnerException is JsonException json) return Explain(json);
        if (e.StatusCode == StatusCodes.Status415UnsupportedMediaType) return NotJson;
        if (e.StatusCode == StatusCodes.Status413PayloadTooLarge) return "the body is too large: send at most 1 MiB";
        if (Unfit().Match(e.Message) is { Success: true } unfit)
            return $"'{unfit.Groups["value"]}' is no value for {unfit.Groups["name"]}: give {Expected(unfit.Groups["type"].Value)}";
        if (Missing().Match(e.Message) is { Success: true, Groups: var missing } && missing["from"].Value != "body")
            return $"{missing["name"]} is missing: add {missing["name"]}=… to the address";
        return e.Message.Contains("body", StringComparison.OrdinalIgnoreCase)
            ? "the body is missing or was cut off: send one JSON object"
            : "the request cannot be read: send it again, whole";
    }

    private static string Explain(JsonException e)
    {
        const string lacks = "including: ";
        var at = e.Message.IndexOf(lacks, StringComparison.Ordinal);
        if (at > 0) return $"the body lacks {e.Message[(at + lacks.Length)..].Split('.')[0].Trim()}: send these members too";
        if (e.Path is { Length: > 2 } path) return $"the body's member '{path[2..]}' has a value that it cannot take: send one of its type, or one of its words";
        return e.InnerException is JsonException || e.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? "the body is not what this address takes: send one JSON object with its members"
            : $"the body is no JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on: send one JSON object";
    }

    private static string Expected(string type) => type switch
    {
        _ when type.Contains("DateTimeOffset", StringComparison.Ordinal) => "a time like 2026-11-21T10:00:00Z",
        _ when type.Contains("int", StringComparison.Ordinal) || type.Contains("long", StringComparison.Ordinal) => "a whole number",
        _ => "another one",
    };

    [GeneratedRegex("""^Failed to bind parameter "(?<type>.+) (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Unfit();

    [GeneratedRegex("""^Required parameter "(?<type>.+) (?<name>\w+)" was not provided from (?<from>[\w ]+)\.$""")]
    private static partial Regex Missing();
}
