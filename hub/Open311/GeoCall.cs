using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>A call that may be answered: its format, parameters and key have been read.</summary>
internal sealed record GeoCall
{
    public required GeoFormat Format { get; init; }

    public required GeoFields Fields { get; init; }

    /// <summary>The last part of the path, where the resource has one; else empty.</summary>
    public string Id { get; init; } = "";

    /// <summary>Address of the server, without a slash at its end: <c>https://hub.example.gov/open311/v2</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whose key it is; nobody where none is asked for.</summary>
    public Actor Key { get; init; } = Actor.Nobody;

    public IReadOnlyList<GeoFile> Files { get; init; } = [];
}
