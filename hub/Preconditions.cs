using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ThreeOneOne.Field.Hub;

/// <summary>
/// What a caller says about the version that it changes (If-Match, RFC 9110 section 13.1.1), so that two people who edit
/// one thing do not overwrite each other unseen. Ask <see cref="Hold"/> inside the transaction of the change.
/// </summary>
public sealed class Preconditions
{
    // Null: the caller said nothing, and takes what comes.
    private readonly IReadOnlyList<string>? tags;

    private Preconditions(IReadOnlyList<string>? tags) => this.tags = tags;

    public static Preconditions Of(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0) return new Preconditions(null);
        // What cannot be read names no version, so it holds for none.
        return EntityTagHeaderValue.TryParseList(header, out var parsed)
            ? new Preconditions([.. parsed.Where(t => !t.IsWeak).Select(t => t.Tag.ToString())])
            : new Preconditions([]);
    }

    /// <summary>Of one thing among many, whose version stands in the body; null: whichever.</summary>
    public static Preconditions Of(long? version) => new(version is { } seen ? [Tag(seen)] : null);

    /// <summary>True when the change may go ahead on this version.</summary>
    public bool Hold(long version) => tags is null || tags.Contains("*") || tags.Contains(Tag(version));

    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Tells the reader of one thing which version it has.</summary>
    public static void SetTag(HttpContext context, long version) => context.Response.Headers.ETag = Tag(version);

    /// <summary>412: somebody else was first.</summary>
    /// <param name="what">The thing, such as a request's number.</param>
    /// <param name="who">Who changed it last.</param>
    /// <param name="at">When.</param>
    /// <param name="version">Its version now.</param>
    public static ProblemHttpResult Changed(string what, string who, DateTimeOffset at, long version) =>
        TypedResults.Problem(Text(what, who, at, version), statusCode: StatusCodes.Status412PreconditionFailed);

    /// <summary>What <see cref="Changed"/> says.</summary>
    public static string Text(string what, string who, DateTimeOffset at, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} was changed by {who} at {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} after you read it: read it again (its ETag is now {Tag(version)}), then repeat the change");
}
