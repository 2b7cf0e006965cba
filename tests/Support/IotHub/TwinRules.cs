using System.Text;
using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>What a twin may hold. https://learn.microsoft.com/azure/iot-hub/iot-hub-devguide-device-twins#tags-and-properties-format</summary>
internal static class TwinRules
{
    private const int MostBytes = 32 * 1024;
    private const int LongestText = 4 * 1024;
    private const int Deepest = 10;

    /// <summary>Merges a patch: null removes a member, objects merge, all else replaces.</summary>
    /// <returns>Why it is refused; null when it was merged.</returns>
    public static string? Merge(JsonObject section, JsonObject patch)
    {
        var next = (JsonObject)section.DeepClone();
        Apply(next, patch);
        if (Fault(next, 1) is { } fault) return fault;
        if (Size(next) > MostBytes) return $"{Size(next)} bytes; at most {MostBytes}";
        section.Clear();
        foreach (var (key, value) in next) section[key] = value?.DeepClone();
        return null;
    }

    private static void Apply(JsonObject into, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null) into.Remove(key);
            else if (value is JsonObject inner)
            {
                if (into[key] is not JsonObject) into[key] = new JsonObject();
                Apply((JsonObject)into[key]!, inner);
            }
            else into[key] = value.DeepClone();
        }
    }

    private static string? Fault(JsonNode? node, int depth) => node switch
    {
        _ when depth > Deepest + 1 => "deeper than 10",
        JsonObject o => o.Select(p => p.Key.AsSpan().ContainsAny('.', '$', ' ') ? $"the key '{p.Key}'" : Fault(p.Value, depth + 1)).FirstOrDefault(f => f is not null),
        JsonArray a => a.Select(v => Fault(v, depth + 1)).FirstOrDefault(f => f is not null),
        JsonValue v when v.TryGetValue<string>(out var text) && Encoding.UTF8.GetByteCount(text) > LongestText => "a string longer than 4 KB",
        _ => null,
    };

    private static int Size(JsonNode? node) => node switch
    {
        JsonObject o => o.Sum(p => Encoding.UTF8.GetByteCount(p.Key) + Size(p.Value)),
        JsonArray a => a.Sum(Size),
        JsonValue v when v.TryGetValue<string>(out var text) => Encoding.UTF8.GetByteCount(text),
        JsonValue v when v.TryGetValue<bool>(out _) => 4,
        _ => 8,
    };
}
