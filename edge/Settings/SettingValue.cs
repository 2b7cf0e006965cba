using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace ThreeOneOne.Field.Settings;

/// <summary>Reads one value, always in the invariant culture.</summary>
internal static class SettingValue
{
    public static bool TryParse(Type type, SettingNode node, out object? value)
    {
        value = null;
        if (node.Text is not { } text) return false;
        var invariant = CultureInfo.InvariantCulture;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) value = node.Quoted ? text : null;
        else if (type == typeof(bool)) value = bool.TryParse(text, out var b) ? b : null;
        else if (type == typeof(int)) value = int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var i) ? i : null;
        else if (type == typeof(long)) value = long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var l) ? l : null;
        else if (type == typeof(double)) value = double.TryParse(text, NumberStyles.Float, invariant, out var d) && double.IsFinite(d) ? d : null;
        // Without a colon TimeSpan reads days, which nobody means.
        else if (type == typeof(TimeSpan)) value = text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, invariant, out var t) ? t : null;
        else if (type == typeof(DateTimeOffset)) value = DateTimeOffset.TryParse(text, invariant, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        else if (type == typeof(Uri)) value = Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;
        else if (type.IsEnum) value = Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse(type, text, ignoreCase: true) : null;
        else throw new NotSupportedException($"settings of type {type} cannot be read");
        return value is not null;
    }

    public static string Expected(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range
            ? Words.Range(Noun(property.PropertyType), range)
            : Expected(property.PropertyType);

    public static string Expected(Type type) => Noun(type);

    private static string Noun(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "a text"
            : type == typeof(bool) ? "true or false"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(double) ? "a number"
            : type == typeof(TimeSpan) ? "a duration such as 00:00:30"
            : type == typeof(DateTimeOffset) ? "a time such as 2026-01-31T12:00:00Z"
            : type == typeof(Uri) ? "an absolute URL"
            : type.IsEnum ? $"one of {Words.List(Enum.GetNames(type).Where(n => n != "Unknown"))}"
            : type.Name;
    }
}
