using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>
/// The keys that a profile can have: firmware-config/schema/profile.schema.json, which is made from the agent's option classes.
/// Judges by the words of JSON Schema that occur in it.
/// </summary>
public sealed class ProfileSchema
{
    public const string Comment = "$comment";
    private const int LongestValue = 80;

    private readonly JsonElement root;

    private ProfileSchema(JsonElement root) => this.root = root;

    /// <summary>The schema that this hub was built with.</summary>
    public static ProfileSchema Own { get; } = Load();

    /// <summary>Finds everything that a file says and may not.</summary>
    public IEnumerable<ProfileMistake> Check(JsonElement profile, string file) => Check(profile, root, file, "");

    private static IEnumerable<ProfileMistake> Check(JsonElement value, JsonElement schema, string file, string key)
    {
        if (!Types(schema).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(schema).Contains("number")))
        {
            yield return new ProfileMistake(file, key, Shown(value), Expected(schema));
            yield break;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var mistake in CheckMembers(value, schema, file, key)) yield return mistake;
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var i = 0;
            foreach (var item in value.EnumerateArray())
            {
                foreach (var mistake in Check(item, items, file, $"{key}:{i}")) yield return mistake;
                i++;
            }
        }
        else if (!Fits(value, schema))
        {
            yield return new ProfileMistake(file, key, Shown(value), Expected(schema));
        }
    }

    private static IEnumerable<ProfileMistake> CheckMembers(JsonElement value, JsonElement schema, string file, string key)
    {
        var known = schema.TryGetProperty("properties", out var properties);
        var others = schema.TryGetProperty("additionalProperties", out var free) && free.ValueKind == JsonValueKind.Object;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in value.EnumerateObject())
        {
            var path = key.Length == 0 ? member.Name : $"{key}:{member.Name}";
            if (!seen.Add(member.Name)) yield return new ProfileMistake(file, path, Shown(member.Value), "each key once");
            var inner = known && properties.TryGetProperty(member.Name, out var named) ? named : others && IsName(member.Name) ? free : default;
            if (inner.ValueKind == JsonValueKind.Undefined)
                yield return new ProfileMistake(file, path, Shown(member.Value), others ? "a name of letters, digits and -" : Nearest(member.Name, properties));
            else
                foreach (var mistake in Check(member.Value, inner, file, path)) yield return mistake;
        }
    }

    private static bool Fits(JsonElement value, JsonElement schema)
    {
        if (value.ValueKind == JsonValueKind.Null) return true;
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => w.ValueKind == JsonValueKind.String && w.GetString() == value.ToString())) return false;
        if (value.ValueKind == JsonValueKind.Number)
        {
            if (!value.TryGetDouble(out var number) || !double.IsFinite(number)) return false;
            if (schema.TryGetProperty("minimum", out var least) && number < least.GetDouble()) return false;
            if (schema.TryGetProperty("maximum", out var most) && number > most.GetDouble()) return false;
        }

        if (value.ValueKind != JsonValueKind.String) return true;
        var text = value.GetString()!;
        if (text.Length > 1_000 || text.Any(char.IsControl)) return false;
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)) return false;
        return !schema.TryGetProperty("pattern", out var pattern) || Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static string Expected(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var words)) return $"one of {string.Join(", ", words.EnumerateArray().Where(w => w.ValueKind == JsonValueKind.String))}";
        var type = Types(schema)[0];
        var noun = type switch { "integer" => "a whole number", "number" => "a number", "boolean" => "true or false", "string" => "a text", "array" => "a list", _ => "a group of keys" };
        var unit = schema.TryGetProperty("unit", out var named) && named.GetString() is { } u && u != "1" ? $" {u}" : "";
        if (schema.TryGetProperty("minimum", out var least) && schema.TryGetProperty("maximum", out var most)) return $"{noun} from {least.GetRawText()} to {most.GetRawText()}{unit}";
        return schema.TryGetProperty("pattern", out var pattern) ? $"{noun} that matches {pattern.GetString()}" : noun;
    }

    // A wrong letter is the usual mistake.
    private static string Nearest(string name, JsonElement properties)
    {
        if (properties.ValueKind != JsonValueKind.Object) return "no key here";
        var names = properties.EnumerateObject().Select(p => p.Name).Where(n => n[0] != '$').ToList();
        var near = names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? names.FirstOrDefault(n => n.Length > 2 && name.Length > 2 && n.StartsWith(name[..3], StringComparison.OrdinalIgnoreCase));
        return near is null ? $"one of {string.Join(", ", names)}" : $"{near}, or another of {string.Join(", ", names.Where(n => n != near))}";
    }

    private static List<string> Types(JsonElement schema) =>
        schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several ? [.. several.EnumerateArray().Select(t => t.GetString()!)] : [schema.GetProperty("type").GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => "null",
    };

    private static bool IsName(string name) => name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= LongestValue ? text : text[..LongestValue] + "…";
    }

    private static ProfileSchema Load()
    {
        using var stream = typeof(ProfileSchema).Assembly.GetManifestResourceStream("profile.schema.json") ?? throw new InvalidOperationException("the hub was built without the schema of profiles");
        using var json = JsonDocument.Parse(stream);
        return new ProfileSchema(json.RootElement.Clone());
    }
}
