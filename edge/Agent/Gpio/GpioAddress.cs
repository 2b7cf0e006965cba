using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ThreeOneOne.Field.Agent.Gpio;

/// <summary>
/// Which pin, and how it is wired: <c>gpio:GPIO17,pull-up,active-low</c> by the name that the board gives it, on whichever chip it is, or
/// <c>gpio:gpiochip0:17</c> by chip and offset.
/// </summary>
/// <param name="Name">Name of the line; null when it is meant by chip and offset.</param>
/// <param name="Chip">Name of the chip; null when the line is meant by name.</param>
/// <param name="Offset">Offset on <paramref name="Chip"/>.</param>
internal sealed record GpioAddress(string? Name, string? Chip, int Offset)
{
    public const string Rule = "gpio:NAME or gpio:gpiochipN:OFFSET, with ,active-low and one of ,pull-up ,pull-down ,no-bias as wired";

    private const string Prefix = "gpio:";
    private const string ChipPrefix = "gpiochip";

    // Of struct gpio_v2_line_info, with its end.
    private const int LongestName = 31;

    /// <summary>True when a low voltage means yes: a button to ground.</summary>
    public bool ActiveLow { get; private init; }

    public GpioBias Bias { get; private init; }

    public static bool TryParse(string text, [NotNullWhen(true)] out GpioAddress? address)
    {
        address = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var parts = text[Prefix.Length..].Split(',');
        if (Line(parts[0]) is not { } line) return false;
        foreach (var word in parts.AsSpan(1))
        {
            if (word == "active-low" && !line.ActiveLow) line = line with { ActiveLow = true };
            else if (line.Bias == GpioBias.AsIs && BiasOf(word) is { } bias) line = line with { Bias = bias };
            else return false;
        }

        address = line;
        return true;
    }

    public override string ToString() => Name ?? string.Create(CultureInfo.InvariantCulture, $"{Chip}:{Offset}");

    private static GpioAddress? Line(string text)
    {
        if (text.Length is 0 or > LongestName || text.Any(char.IsControl)) return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !text.StartsWith(ChipPrefix, StringComparison.Ordinal)) return new GpioAddress(text, null, 0);
        var isNumber = int.TryParse(text.AsSpan(ChipPrefix.Length, colon - ChipPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isNumber && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? new GpioAddress(null, text[..colon], offset) : null;
    }

    private static GpioBias? BiasOf(string word) => word switch
    {
        "pull-up" => GpioBias.PullUp,
        "pull-down" => GpioBias.PullDown,
        "no-bias" => GpioBias.None,
        _ => null,
    };
}
