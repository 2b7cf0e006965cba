namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>One thing that can be asked for.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Below the endpoint, without suffix; <c>{id}</c> stands for the last part.</param>
/// <param name="Summary">For the API's document.</param>
/// <param name="Permission">That a key must have; null where no key is asked for.</param>
/// <param name="Handle">Answers it.</param>
internal sealed record GeoResource(string Method, string Path, string Summary, string? Permission, Func<GeoCall, CancellationToken, Task<GeoAnswer>> Handle)
{
    private const string Parameter = "/{id}";

    /// <summary>Names of what may be sent beside the path, for the API's document.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <returns>The last part of the path, empty where the resource has none; null when the path is another resource's.</returns>
    public string? Match(string path)
    {
        if (!Path.EndsWith(Parameter, StringComparison.Ordinal)) return path.Equals(Path, StringComparison.OrdinalIgnoreCase) ? "" : null;
        var folder = Path[..^(Parameter.Length - 1)];
        var id = path.StartsWith(folder, StringComparison.OrdinalIgnoreCase) ? path[folder.Length..] : "";
        return id.Length == 0 || id.Contains('/', StringComparison.Ordinal) ? null : id;
    }
}
