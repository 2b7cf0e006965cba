using System.Text.Json;
using System.Text.Json.Serialization;
using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>
/// Reads <see cref="ResponsibilityRules"/> from a city's file: <c>{"parties":[{"id","name","kind","chaseDays"?}],
/// "rules":[{"services"?,"owners"?,"ownerUnknown"?,"structures"?,"streets"?,"segments"?,"districts"?,"party"|"outcome","because"}]}</c>.
/// A key that nobody knows is a fault: a misspelt condition would hold always.
/// </summary>
public static class RulesFile
{
    private static readonly JsonSerializerOptions Options = HubJson.Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    });

    /// <exception cref="InvalidDataException">It is missing, unreadable or contradicts itself; names the file and every fault with its line.</exception>
    public static ResponsibilityRules Load(string file)
    {
        var path = Path.IsPathRooted(file) ? file : Path.Combine(AppContext.BaseDirectory, file);
        try
        {
            var bytes = File.ReadAllBytes(path);
            var content = JsonSerializer.Deserialize<Content>(bytes, Options) ?? throw new InvalidDataException("it is empty");
            var faults = ResponsibilityRules.Faults(content.Parties, content.Rules).ToList();
            if (faults.Count == 0) return new ResponsibilityRules(content.Parties, content.Rules);
            var lines = new JsonLines(bytes);
            throw new InvalidDataException(string.Join('\n', faults.Select(f => lines.At(f.Path, f.Text))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path} (Responsibility:File) cannot be used:\n{(e is JsonException json ? JsonLines.Explain(json) : e.Message)}", e);
        }
    }

    private sealed record Content(IReadOnlyList<Party> Parties, IReadOnlyList<Rule> Rules);
}
