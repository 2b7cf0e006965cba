using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ThreeOneOne.Field.Settings;

/// <summary>How errors read.</summary>
internal static class Words
{
    public static string List(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    public static string? Of(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

    public static string Range(string noun, RangeAttribute range) =>
        string.Create(CultureInfo.InvariantCulture, $"{noun} from {range.Minimum} to {range.Maximum}");
}
