using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Edge.Tests.Profile;

/// <summary>Makes the profile's JSON Schema from the agent's option classes, their ranges and their documentation.</summary>
internal sealed partial class SchemaOfOptions
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // By the end of a key's name, the longest first.
    private static readonly (string End, string Unit)[] Units =
    [
        ("BytesPerSecond", "B/s"), ("Milliseconds", "ms"), ("Seconds", "s"), ("SecondsMax", "s"), ("Minutes", "min"), ("Hours", "h"), ("Days", "d"), ("Mps2", "m/s²"), ("Mps", "m/s"), ("Ms", "ms"), ("Hz", "Hz"),
        ("Bytes", "B"), ("BytesInFlight", "B"), ("BytesInFlightLeast", "B"), ("BytesInFlightMost", "B"), ("Deg", "°"), ("Lux", "lx"), ("Baud", "bit/s"), ("M", "m"), ("C", "°C"), ("Volts", "V"), ("V", "V"), ("MetresPerHdop", "m"),
    ];

    private readonly Dictionary<string, XElement> documentation;

    public SchemaOfOptions(Assembly assembly) =>
        documentation = XDocument.Load(Path.ChangeExtension(assembly.Location, "xml")).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    /// <summary>Keys that a person has to give a sentence.</summary>
    public List<string> Undocumented { get; } = [];

    public string Make(IReadOnlyDictionary<string, object> sections)
    {
        var properties = new JsonObject
        {
            ["$schema"] = new JsonObject { ["type"] = "string", ["description"] = "This schema, for editors." },
            ["$comment"] = Comment(),
            ["Type"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[a-z0-9-]{1,32}$", ["description"] = "In a vehicle's file: which file of types/ it builds on." },
        };
        foreach (var (name, options) in sections.Where(s => !s.Value.GetType().IsDefined(typeof(LocalOnlyAttribute))))
        {
            var section = Group(options, name);
            section["description"] = Text(documentation.GetValueOrDefault($"T:{options.GetType().FullName}"));
            properties[name] = section;
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "What a vehicle is told",
            ["description"] = "A file of firmware-config/profiles: fleet.json, types/TYPE.json or vehicles/VEHICLE.json. Later ones count above earlier ones, key by key; null takes a key out again. Made from the agent's option classes.",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        }.ToJsonString(Indented) + "\n";
    }

    private JsonObject Group(object options, string path)
    {
        var properties = new JsonObject { ["$comment"] = Comment() };
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite || property.IsDefined(typeof(LocalOnlyAttribute))) continue;
            var value = property.GetValue(options);
            var key = Key(property, value, $"{path}:{property.Name}");
            var description = Text(documentation.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}"))
                ?? (value is null ? null : Text(documentation.GetValueOrDefault($"T:{value.GetType().FullName}")));
            if (description is null) Undocumented.Add($"{path}:{property.Name}");
            key["description"] = description;
            properties[property.Name] = key;
        }

        return new JsonObject { ["type"] = new JsonArray("object", "null"), ["properties"] = properties, ["additionalProperties"] = false };
    }

    private JsonObject Key(PropertyInfo property, object? value, string path)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (typeof(IDictionary).IsAssignableFrom(type))
        {
            var inner = Scalar(type.GetGenericArguments()[1], null);
            return new JsonObject { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = inner };
        }

        if (type != typeof(string) && (type.IsArray || typeof(IEnumerable).IsAssignableFrom(type)))
        {
            var inner = Scalar(type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0], null);
            return new JsonObject { ["type"] = new JsonArray("array", "null"), ["items"] = inner };
        }

        if (type.IsClass && type != typeof(string) && type != typeof(Uri)) return Group(value!, path);
        var key = Scalar(type, property);
        if (value is not null) key["default"] = type.IsEnum ? value.ToString() : JsonSerializer.SerializeToNode(value);
        return key;
    }

    private static JsonObject Scalar(Type type, PropertyInfo? property)
    {
        var key = new JsonObject { ["type"] = new JsonArray(NameOf(type), "null") };
        if (type.IsEnum) key["enum"] = new JsonArray([.. Enum.GetNames(type).Where(n => n != "Unknown").Select(n => (JsonNode)n), null]);
        if (type == typeof(TimeSpan)) key["pattern"] = "^[0-9.]*[0-9]+:[0-9:.]+$";
        if (type == typeof(DateTimeOffset)) key["format"] = "date-time";
        if (property?.GetCustomAttribute<RegularExpressionAttribute>() is { } expression) key["pattern"] = expression.Pattern;
        if (property?.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            key["minimum"] = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
            key["maximum"] = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        }

        if (property is not null && NameOf(type) is "integer" or "number")
            key["unit"] = Units.Where(u => property!.Name.EndsWith(u.End, StringComparison.Ordinal)).OrderByDescending(u => u.End.Length).Select(u => u.Unit).FirstOrDefault() ?? "1";
        return key;
    }

    private static string NameOf(Type type) =>
        type == typeof(bool) ? "boolean" : type == typeof(int) || type == typeof(long) ? "integer" : type == typeof(double) ? "number" : "string";

    private static JsonObject Comment() => new() { ["type"] = "string", ["description"] = "Why, for whoever reads it next." };

    private static string? Text(XElement? member)
    {
        if (member?.Element("summary") is not { } summary) return null;
        foreach (var reference in summary.Descendants("see").ToList()) reference.ReplaceWith(reference.Attribute("cref")?.Value.Split('.', ':')[^1] ?? reference.Value);
        return Spaces().Replace(summary.Value.Trim(), " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
