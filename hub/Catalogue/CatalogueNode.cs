using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>One object of the catalogue's file. What is wrong with it joins a list, so that all is reported at once.</summary>
internal sealed class CatalogueNode
{
    private readonly JsonElement element;
    private readonly string path;
    private readonly List<string> faults;
    private readonly HashSet<string> asked = [];

    public CatalogueNode(JsonElement element, string path, List<string> faults)
    {
        this.element = element;
        this.path = path;
        this.faults = faults;
        if (element.ValueKind != JsonValueKind.Object) faults.Add($"{path}: expected an object");
    }

    public void Fault(string member, string expected) => faults.Add($"{(path.Length > 0 ? path + "." : "")}{member}: expected {expected}");

    /// <summary>A text; empty when it is missing and may be.</summary>
    public string Text(string name, bool required = true)
    {
        if (Get(name) is not { } value)
        {
            if (required) Fault(name, "a text");
            return "";
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && (text.Length > 0 || !required)) return text;
        Fault(name, "a text");
        return "";
    }

    /// <summary>A name that other systems may use: it must survive addresses and file names.</summary>
    public string Code(string name)
    {
        var code = Text(name);
        if (code.Length > 0 && !(code.Length <= 64 && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))) Fault(name, "at most 64 letters, digits, - and _");
        return code;
    }

    public double Number(string name, double least, double most, double otherwise)
    {
        if (Get(name) is not { } value) return otherwise;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most) return number;
        Fault(name, FormattableString.Invariant($"a number from {least} to {most}"));
        return otherwise;
    }

    public bool Flag(string name, bool otherwise)
    {
        if (Get(name) is not { } value) return otherwise;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Fault(name, "true or false");
        return otherwise;
    }

    public T Word<T>(string name, T otherwise)
        where T : struct, Enum
    {
        if (Get(name) is not { } value) return otherwise;
        if (value.ValueKind == JsonValueKind.String && Enum.TryParse<T>(value.GetString(), ignoreCase: true, out var word) && Enum.IsDefined(word)) return word;
        Fault(name, string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant())));
        return otherwise;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var (item, where) in Items(name))
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text) texts.Add(text);
            else faults.Add($"{where}: expected a text");
        }

        return texts;
    }

    public IReadOnlyList<double> Numbers(string name, double least, double most)
    {
        var numbers = new List<double>();
        foreach (var (item, where) in Items(name))
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && number >= least && number <= most) numbers.Add(number);
            else faults.Add(FormattableString.Invariant($"{where}: expected a number from {least} to {most}"));
        }

        return numbers;
    }

    /// <summary>A list of objects, each read by <paramref name="read"/>.</summary>
    public IReadOnlyList<T> List<T>(string name, Func<CatalogueNode, T> read)
    {
        var list = new List<T>();
        foreach (var (item, where) in Items(name))
        {
            var node = new CatalogueNode(item, where, faults);
            list.Add(read(node));
            node.Done();
        }

        return list;
    }

    /// <summary>An object whose members are texts.</summary>
    public IReadOnlyDictionary<string, string> Map(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Get(name) is not { } value) return map;
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(name, "an object of texts");
            return map;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String) map[member.Name] = member.Value.GetString()!;
            else Fault($"{name}.{member.Name}", "a text");
        }

        return map;
    }

    /// <summary>A text in other languages, by their tags: <c>{"es": "Bache"}</c>.</summary>
    public IReadOnlyDictionary<string, string> Languages(string name)
    {
        var texts = Map(name);
        foreach (var (tag, text) in texts)
        {
            if (tag.Split('-') is not [{ Length: 2 or 3 } language, ..] || !language.All(char.IsAsciiLetterLower)) Fault($"{name}.{tag}", "a language's tag, such as es or pt-BR");
            else if (text.Length == 0) Fault($"{name}.{tag}", "a text; leave it out and the first one is shown");
        }

        return texts;
    }

    /// <summary>A member that nobody asked for is a mistake in writing.</summary>
    public void Done()
    {
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var member in element.EnumerateObject().Where(m => !asked.Contains(m.Name)))
            Fault(member.Name, $"no such member; there are {string.Join(", ", asked.Order(StringComparer.Ordinal))}");
    }

    private JsonElement? Get(string name)
    {
        asked.Add(name);
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private IEnumerable<(JsonElement Item, string Where)> Items(string name)
    {
        if (Get(name) is not { } value) yield break;
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(name, "a list");
            yield break;
        }

        var i = 0;
        foreach (var item in value.EnumerateArray()) yield return (item, $"{(path.Length > 0 ? path + "." : "")}{name}[{i++}]");
    }
}
