namespace ThreeOneOne.Field.Settings;

/// <summary>One key as given: a value, a list, or a group of keys. Keys compare without case.</summary>
internal sealed class SettingNode
{
    public Dictionary<string, SettingNode> Children { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The value as text; null for a group, a list and for JSON's null.</summary>
    public string? Text { get; set; }

    /// <summary>The texts of a JSON array.</summary>
    public List<string>? Items { get; set; }

    /// <summary>True when the value came as a JSON string, the environment or an argument, false for JSON's own literals.</summary>
    public bool Quoted { get; set; }

    /// <summary>It came from the layer between the file and what is outside of it.</summary>
    public bool Layered { get; set; }

    public bool IsGroup => Children.Count > 0;

    public SettingNode? Find(string name) => Children.GetValueOrDefault(name);

    /// <summary>The node at a path of keys, made where it is missing.</summary>
    public SettingNode At(IEnumerable<string> path)
    {
        var node = this;
        foreach (var name in path)
        {
            if (!node.Children.TryGetValue(name, out var child)) node.Children.Add(name, child = new SettingNode());
            node = child;
        }

        return node;
    }

    /// <summary>Replaces whatever was here by a value from outside the file.</summary>
    public void Override(string text)
    {
        Children.Clear();
        Items = null;
        Text = text;
        Quoted = true;
        Layered = false;
    }
}
