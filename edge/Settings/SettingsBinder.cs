using System.Collections;
using System.Reflection;

namespace ThreeOneOne.Field.Settings;

/// <summary>Sets the properties of an options object from a tree of given values, and reports what does not fit.</summary>
internal static class SettingsBinder
{
    public static void Bind(object options, SettingNode? node, string path, List<SettingsError> errors)
    {
        if (node is null) return;
        var properties = Settable(options.GetType());
        if (!node.IsGroup && (node.Text is not null || node.Items is not null))
        {
            errors.Add(new SettingsError(path, Given(node), $"a group of keys: {Words.List(properties.Keys)}"));
            return;
        }

        foreach (var (name, child) in node.Children)
        {
            var key = $"{path}:{name}";
            if (!properties.TryGetValue(name, out var property))
                errors.Add(new SettingsError(key, Given(child), $"one of the keys {Words.List(properties.Keys)}"));
            else if (IsNested(property.PropertyType))
                Bind(property.GetValue(options)!, child, key, errors);
            else if (typeof(IDictionary).IsAssignableFrom(property.PropertyType))
                BindDictionary(options, property, child, key, errors);
            else if (ListElement(property.PropertyType) is { } element)
                BindList(options, property, element, child, key, errors);
            else if (child.IsGroup || child.Items is not null || !SettingValue.TryParse(property.PropertyType, child, out var value))
                errors.Add(new SettingsError(key, Given(child), SettingValue.Expected(property)));
            else
                property.SetValue(options, value);
        }
    }

    /// <summary>The groups inside an options object, by property name.</summary>
    public static IEnumerable<(string Property, object Inner)> Nested(object options) =>
        Settable(options.GetType()).Values
            .Where(p => IsNested(p.PropertyType))
            .Select(p => (p.Name, p.GetValue(options)!));

    private static void BindDictionary(object options, PropertyInfo property, SettingNode node, string key, List<SettingsError> errors)
    {
        var element = property.PropertyType.GetGenericArguments()[1];
        // A given group replaces the default one: a key that was left out is meant to be gone.
        var dictionary = (IDictionary)Activator.CreateInstance(property.PropertyType)!;
        if (!node.IsGroup) errors.Add(new SettingsError(key, Given(node), "a group of names and values"));
        foreach (var (name, child) in node.Children)
        {
            if (!child.IsGroup && child.Items is null && SettingValue.TryParse(element, child, out var value)) dictionary[name] = value;
            else errors.Add(new SettingsError($"{key}:{name}", Given(child), SettingValue.Expected(element)));
        }

        property.SetValue(options, dictionary);
    }

    private static void BindList(
        object options, PropertyInfo property, Type element, SettingNode node, string key, List<SettingsError> errors)
    {
        // Outside of JSON a list is written with commas.
        var texts = node.Items ?? [.. (node.Text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        var list = Array.CreateInstance(element, texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            if (SettingValue.TryParse(element, new SettingNode { Text = texts[i], Quoted = true }, out var value)) list.SetValue(value, i);
            else errors.Add(new SettingsError($"{key}:{i}", texts[i], SettingValue.Expected(element)));
        }

        if (node.IsGroup) errors.Add(new SettingsError(key, null, "a list"));
        else property.SetValue(options, list);
    }

    private static Dictionary<string, PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite || (p.CanRead && IsNested(p.PropertyType)))
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);

    private static bool IsNested(Type type) =>
        type.IsClass && type != typeof(string) && type != typeof(Uri) && !type.IsArray
        && !typeof(IEnumerable).IsAssignableFrom(type);

    private static Type? ListElement(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.IsAssignableFrom(type.GetGenericArguments()[0].MakeArrayType()) && type != typeof(object)
            ? type.GetGenericArguments()[0]
            : null;

    private static string? Given(SettingNode node) =>
        node.Text ?? (node.Items is { } items ? $"[{string.Join(", ", items)}]" : node.IsGroup ? "{…}" : null);
}
