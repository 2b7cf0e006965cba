using System.Text.Json;

namespace ThreeOneOne.Field.Settings;

/// <summary>
/// Strict settings: a JSON file (<c>--config FILE</c>), above it a layer from elsewhere, above that the environment (<c>FIELD_Section__Key</c>), above that
/// arguments (<c>--Section:Key=value</c>). Unknown sections and keys, wrong types and values out of range are errors;
/// all of them are reported together, each with its key, its value and what was expected.
/// </summary>
/// <example>
/// <code>
/// var settings = SettingsReader.Read(args);
/// var outbox = settings.Bind&lt;OutboxOptions&gt;("Outbox");
/// if (settings.Report(Console.Error)) return SettingsReader.ExitCode;
/// </code>
/// </example>
public sealed class SettingsReader
{
    /// <summary>What a program returns after <see cref="Report"/> found errors.</summary>
    public const int ExitCode = 2;

    private readonly SettingNode root;
    private readonly List<SettingsError> errors;
    private readonly Dictionary<string, object> bound = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> local = [];
    private readonly Dictionary<string, string> layered = new(StringComparer.Ordinal);

    private SettingsReader(SettingNode root, List<SettingsError> errors)
    {
        this.root = root;
        this.errors = errors;
    }

    /// <summary>Errors found so far, in order of discovery; sections nobody bound are only known to <see cref="Report"/>.</summary>
    public IReadOnlyList<SettingsError> Errors => errors;

    /// <param name="args">Program arguments without the command.</param>
    /// <param name="defaultFile">Read when <c>--config</c> is absent and the file exists.</param>
    /// <param name="environment">Defaults to the process's environment.</param>
    /// <param name="layer">Sections and keys that count above the file; those marked <see cref="LocalOnlyAttribute"/> are errors in it.</param>
    public static SettingsReader Read(
        IReadOnlyList<string> args, string? defaultFile = null, IEnumerable<KeyValuePair<string, string>>? environment = null, JsonElement layer = default)
    {
        var source = new SettingsSource();
        source.ReadFile(args, defaultFile);
        source.ReadLayer(layer);
        source.ReadEnvironment(environment ?? SettingsSource.ProcessEnvironment());
        source.ReadArguments(args);
        return new SettingsReader(source.Root, source.Errors);
    }

    /// <summary>
    /// Binds a section to its options and validates them. Always returns an object, so that every section can be bound
    /// before <see cref="Report"/>; it must not be used when that returns true.
    /// </summary>
    public T Bind<T>(string section)
        where T : class, new()
    {
        if (bound.TryGetValue(section, out var known)) return (T)known;
        var options = new T();
        bound.Add(section, options);
        root.Children.TryGetValue(section, out var node);
        if (node is not null) Origins.Walk(typeof(T), node, section, local, layered, errors);
        SettingsBinder.Bind(options, node, section, errors);
        SettingsValidator.Validate(options, node, section, errors);
        return options;
    }

    /// <summary>Keys of the bound sections that were set outside of the layer and could be set in it.</summary>
    public IReadOnlyList<string> Local => local;

    /// <summary>The keys of the layer, each with the value that counts, as text; a list is <c>[a, b]</c>.</summary>
    public IReadOnlyDictionary<string, string> Layered => layered;

    /// <summary>Every section that was bound, with its options.</summary>
    public IReadOnlyDictionary<string, object> Bound => bound;

    /// <summary>Writes every error, one a line.</summary>
    /// <returns>True when there was one: the program ends with <see cref="ExitCode"/>.</returns>
    public bool Report(TextWriter writer)
    {
        var all = errors.Concat(root.Children
            .Where(c => !bound.ContainsKey(c.Key))
            .Select(c => new SettingsError(c.Key, c.Value.Text, $"a section of this program: {Words.List(bound.Keys)}")));
        var any = false;
        foreach (var error in all)
        {
            any = true;
            writer.WriteLine(error);
        }

        return any;
    }
}
