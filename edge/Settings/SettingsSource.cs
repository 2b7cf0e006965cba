using System.Collections;
using System.Text.Json;

namespace ThreeOneOne.Field.Settings;

/// <summary>Collects what was given into one tree, later sources above earlier ones.</summary>
internal sealed class SettingsSource
{
    private const string EnvironmentPrefix = "FIELD_";
    private const string ConfigArgument = "--config";

    public SettingNode Root { get; } = new();

    public List<SettingsError> Errors { get; } = [];

    public static IEnumerable<KeyValuePair<string, string>> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(e => KeyValuePair.Create((string)e.Key, (string?)e.Value ?? string.Empty));

    public void ReadFile(IReadOnlyList<string> args, string? defaultFile)
    {
        var file = ConfigFile(args) ?? (defaultFile is not null && File.Exists(defaultFile) ? defaultFile : null);
        if (file is null) return;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (json.RootElement.ValueKind == JsonValueKind.Object) Add(Root, json.RootElement, string.Empty);
            else Errors.Add(new SettingsError(file, null, "a JSON object of sections"));
        }
        catch (JsonException e)
        {
            Errors.Add(new SettingsError(file, null, $"JSON; {e.Message}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Errors.Add(new SettingsError(ConfigArgument, file, $"a readable file; {e.Message}"));
        }
    }

    /// <summary>Puts values above those of the file; what they leave out stays.</summary>
    public void ReadLayer(JsonElement layer)
    {
        if (layer.ValueKind == JsonValueKind.Object) Lay(Root, layer);
    }

    public void ReadEnvironment(IEnumerable<KeyValuePair<string, string>> environment)
    {
        foreach (var (name, value) in environment)
        {
            // Without a section it is somebody else's variable.
            if (!name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) || !name.Contains("__", StringComparison.Ordinal)) continue;
            Root.At(name[EnvironmentPrefix.Length..].Split("__")).Override(value);
        }
    }

    public void ReadArguments(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var argument = args[i];
            if (argument == ConfigArgument)
            {
                i++;
                continue;
            }

            if (argument.StartsWith(ConfigArgument + "=", StringComparison.Ordinal)) continue;
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? argument : argument[..equals];
            if (equals > 0 && key.StartsWith("--", StringComparison.Ordinal) && key.Contains(':', StringComparison.Ordinal))
                Root.At(key[2..].Split(':')).Override(argument[(equals + 1)..]);
            else
                Errors.Add(new SettingsError(argument, null, "--Section:Key=value or --config FILE"));
        }
    }

    private static void Lay(SettingNode node, JsonElement json)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            var child = node.At([property.Name]);
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                (child.Text, child.Items) = (null, null);
                Lay(child, property.Value);
                continue;
            }

            child.Children.Clear();
            (child.Text, child.Items) = (null, null);
            Give(child, property.Value);
            child.Layered = true;
        }
    }

    private static void Give(SettingNode child, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            child.Items = [.. value.EnumerateArray().Select(e => e.ToString())];
            return;
        }

        child.Quoted = value.ValueKind == JsonValueKind.String;
        child.Text = child.Quoted ? value.GetString() : value.GetRawText();
    }

    private string? ConfigFile(IReadOnlyList<string> args)
    {
        string? file = null;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i].StartsWith(ConfigArgument + "=", StringComparison.Ordinal)) file = args[i][(ConfigArgument.Length + 1)..];
            else if (args[i] == ConfigArgument && i + 1 < args.Count) file = args[++i];
            else if (args[i] == ConfigArgument) Errors.Add(new SettingsError(ConfigArgument, null, "the name of a file"));
        }

        return file;
    }

    private void Add(SettingNode node, JsonElement json, string path)
    {
        foreach (var property in json.EnumerateObject())
        {
            var key = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            if (node.Children.ContainsKey(property.Name))
            {
                Errors.Add(new SettingsError(key, property.Value.ToString(), "each key once"));
                continue;
            }

            var child = node.At([property.Name]);
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Add(child, property.Value, key);
                    break;
                case JsonValueKind.Null:
                    node.Children.Remove(property.Name);
                    break;
                default:
                    Give(child, property.Value);
                    break;
            }
        }
    }
}
