using System.Text.Json;
using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>Lays files of a profile over each other, from the fleet to the vehicle: key by key, lists as a whole; null takes out.</summary>
public sealed class ProfileMerge
{
    private readonly JsonObject settings = [];
    private readonly Dictionary<string, string> origins = new(StringComparer.Ordinal);

    public VehicleSettings Result => new(Without(settings), origins);

    /// <param name="profile">One file's content, checked.</param>
    /// <param name="file">Its name, which is the origin of what it says.</param>
    public void Add(JsonElement profile, string file) => Lay(settings, profile, file, "");

    private void Lay(JsonObject target, JsonElement source, string file, string path)
    {
        foreach (var member in source.EnumerateObject())
        {
            // What is about the file is not for the vehicle.
            if (member.Name[0] == '$' || (path.Length == 0 && member.Name == "Type")) continue;
            var key = path.Length == 0 ? member.Name : $"{path}:{member.Name}";
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                if (target[member.Name] is not JsonObject inner) target[member.Name] = inner = [];
                Lay(inner, member.Value, file, key);
                continue;
            }

            foreach (var replaced in origins.Keys.Where(k => k == key || k.StartsWith(key + ":", StringComparison.Ordinal)).ToList()) origins.Remove(replaced);
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                target.Remove(member.Name);
                continue;
            }

            target[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            origins[key] = file;
        }
    }

    // A section from which every key was taken is none.
    private static JsonObject Without(JsonObject group)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in group.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (value is JsonObject inner)
            {
                if (Without(inner) is { Count: > 0 } some) kept[name] = some;
            }
            else
            {
                kept[name] = value!.DeepClone();
            }
        }

        return kept;
    }
}
