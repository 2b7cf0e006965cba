using System.Globalization;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>A command's own words, <c>--name value</c>, apart from settings, which have a colon in their key.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> flags = new(StringComparer.Ordinal);

    private CommandArguments(List<string> words, List<string> settings) => (Words, Settings) = (words, settings);

    public IReadOnlyList<string> Words { get; }

    /// <summary>What the settings reader takes: <c>--config FILE</c> and <c>--Section:Key=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; }

    /// <param name="args">Arguments of the program.</param>
    /// <param name="known">Flags of the command, without dashes.</param>
    /// <returns>Null when a flag has no value or is given twice.</returns>
    public static CommandArguments? Parse(IReadOnlyList<string> args, params string[] known)
    {
        var parsed = new CommandArguments([], []);
        for (var i = 0; i < args.Count; i++)
        {
            var flag = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : null;
            if (flag is null)
            {
                ((List<string>)parsed.Words).Add(args[i]);
            }
            else if (known.Contains(flag.Split('=')[0]))
            {
                var at = flag.IndexOf('=', StringComparison.Ordinal);
                if (at < 0 && i + 1 == args.Count) return null;
                if (!parsed.flags.TryAdd(flag.Split('=')[0], at < 0 ? args[++i] : flag[(at + 1)..])) return null;
            }
            else
            {
                ((List<string>)parsed.Settings).Add(args[i]);
                if (flag == "config" && i + 1 < args.Count) ((List<string>)parsed.Settings).Add(args[++i]);
            }
        }

        return parsed;
    }

    public string? Text(string flag) => flags.GetValueOrDefault(flag);

    /// <returns>False when it is given and no whole number from 1 on.</returns>
    public bool TryNumber(string flag, out int? number)
    {
        number = null;
        if (!flags.TryGetValue(flag, out var text)) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1) return false;
        number = value;
        return true;
    }
}
