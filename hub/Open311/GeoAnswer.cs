namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>What a call is answered with, before it is XML or JSON.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Root">Name of the XML root.</param>
/// <param name="Content">Below the root.</param>
internal sealed record GeoAnswer(int Status, string Root, GeoNode Content)
{
    /// <summary>For Retry-After.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>For Allow.</summary>
    public string? Allow { get; init; }

    /// <summary>Parameters of the next page, for Link.</summary>
    public string? NextPage { get; init; }

    public static GeoAnswer Ok(string root, GeoNode content) => new(StatusCodes.Status200OK, root, content);

    public static GeoAnswer List(string root, string child, IEnumerable<GeoNode> items) => Ok(root, new GeoNode.Many(child, [.. items]));

    public static GeoAnswer Error(int status, params IEnumerable<string> descriptions) =>
        new(status, "errors", new GeoNode.Many("error", [.. descriptions.Select(d => new GeoNode.Group { { "code", (double?)status }, { "description", d } })]));

    public static GeoAnswer Bad(params IEnumerable<string> descriptions) => Error(StatusCodes.Status400BadRequest, descriptions);

    public static GeoAnswer Missing(string description) => Error(StatusCodes.Status404NotFound, description);
}
