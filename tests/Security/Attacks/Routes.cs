using System.Text.RegularExpressions;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>Everything that the hub says it serves, by its own OpenAPI document.</summary>
internal static partial class Routes
{
    /// <summary>Methods and addresses that change something, with their parameters filled in.</summary>
    /// <param name="withBody">Only those that take a body.</param>
    public static async Task<IReadOnlyList<(string Method, string Path)>> ChangingAsync(SecurityScene scene, bool withBody, CancellationToken stop) =>
        [.. (await AllAsync(scene, stop).ConfigureAwait(false)).Where(r => r.Method is "POST" or "PUT" or "PATCH" || (r.Method == "DELETE" && !withBody))];

    /// <summary>All methods and addresses, with their parameters filled in.</summary>
    public static async Task<IReadOnlyList<(string Method, string Path)>> AllAsync(SecurityScene scene, CancellationToken stop)
    {
        var document = await scene.Hub.Api.GetAsync("openapi/v1.json", stop).ConfigureAwait(false);
        return
        [
            .. document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Where(m => m.Name is "get" or "post" or "put" or "patch" or "delete")
                .Select(m => (m.Name.ToUpperInvariant(), Parameter().Replace(p.Name, x => x.Value == "{format}" ? "json" : "x").TrimStart('/')))),
        ];
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
