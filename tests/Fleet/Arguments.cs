using System.Globalization;

namespace ThreeOneOne.Field.Fleet;

/// <summary>Command-line arguments of the form <c>--name value</c>.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="FormatException">Something is not <c>--name value</c>, or a name is unknown.</exception>
    public Arguments(IEnumerable<string> arguments, IReadOnlyCollection<string> known)
    {
        string? name = null;
        foreach (var argument in arguments)
        {
            if (name is not null)
            {
                _values[name] = argument;
                name = null;
            }
            else
            {
                name = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : throw new FormatException($"'{argument}': expected --name value");
                if (!known.Contains(name)) throw new FormatException($"--{name} is unknown: expected one of {string.Join(", ", known.Select(k => "--" + k))}");
            }
        }

        if (name is not null) throw new FormatException($"--{name} has no value");
    }

    public string? Optional(string name) => _values.GetValueOrDefault(name);

    public string Text(string name) => Optional(name) ?? throw new FormatException($"--{name} is missing");

    public int Number(string name, int otherwise, int least = 0, int most = int.MaxValue)
    {
        if (Optional(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException($"--{name} = '{text}': expected a whole number from {least} to {most}");
    }

    public double Factor(string name, double otherwise, double least, double most)
    {
        if (Optional(name) is not { } text) return otherwise;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException($"--{name} = '{text}': expected a number from {least} to {most}");
    }

    /// <summary>A duration such as <c>60s</c>, <c>5m</c> or <c>2h</c>; null when not given.</summary>
    public TimeSpan? Duration(string name)
    {
        if (Optional(name) is not { } text) return null;
        var unit = text.Length > 1 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 } : 0;
        return unit > 0 && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1e6
            ? TimeSpan.FromSeconds(value * unit)
            : throw new FormatException($"--{name} = '{text}': expected a duration such as 60s, 5m or 2h");
    }
}
