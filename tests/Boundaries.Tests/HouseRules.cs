using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Boundaries.Tests;

internal static partial class HouseRules
{
    private static readonly string[] Drawers = ["Common", "Shared", "Helpers", "Helper", "Utils", "Util", "Utilities", "Manager", "Managers", "Service", "Services"];
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".sh", ".json", ".sql", ".js", ".mjs", ".ts", ".tsx", ".css", ".html", ".yml", ".yaml", ".txt", ".config", ".editorconfig", ".gitignore", ".npmrc"];

    public static int Lines(string text) => text.Count(c => c == '\n');

    public static bool IsInADrawer(string path) => path.Split('/')[..^1].Intersect(Drawers).Any();

    public static bool IsText(string path) =>
        TextEndings.Contains(Path.GetExtension(path)) && !path.EndsWith("lock.json", StringComparison.Ordinal);

    public static bool IsExactPin(string version) => ExactPin().IsMatch(version);

    /// <summary>Paths of a working machine, addresses of private networks, and package sources that only such a machine has.</summary>
    [GeneratedRegex(@"(?<![\w$}""])/wor[k]/\w+|(?<![\w$}""])/roo[t]/(?!\.)\w+|/hom[e]/\w+/|\b(?:10|192\.168)(?:\.\d{1,3}){2,3}\b(?::\d+)|nuge[t]\.config.*https?://(?!api\.nuget\.org)|(?:registry|index-url)\s*=\s*https?://(?!registry\.npmjs\.org)")]
    public static partial Regex MachineWords();

    /// <summary>A log message; its number is empty when it does not stand first.</summary>
    [GeneratedRegex(@"\[LoggerMessage\((?<number>\d*)")]
    public static partial Regex LogNumber();

    [GeneratedRegex(@"^\[\d+\.\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?\]$")]
    private static partial Regex ExactPin();
}
