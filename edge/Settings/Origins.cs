using System.Reflection;

namespace ThreeOneOne.Field.Settings;

/// <summary>Tells which keys of a section came from the layer, and which from around it.</summary>
internal static class Origins
{
    public static void Walk(Type type, SettingNode node, string path, List<string> local, Dictionary<string, string> layered, List<SettingsError> errors, bool localOnly = false)
    {
        localOnly |= type.IsDefined(typeof(LocalOnlyAttribute));
        foreach (var (name, child) in node.Children)
        {
            var property = type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            var key = $"{path}:{property?.Name ?? name}";
            var here = localOnly || property?.IsDefined(typeof(LocalOnlyAttribute)) == true;
            if (child.IsGroup) Walk(property?.PropertyType ?? typeof(object), child, key, local, layered, errors, here);
            else if (child.Layered && here) errors.Add(new SettingsError(key, null, "to be set on this computer, not from elsewhere"));
            else if (child.Layered) layered[key] = Text(child);
            else if (!here) local.Add(key);
        }
    }

    private static string Text(SettingNode node) => node.Items is { } items ? $"[{string.Join(", ", items)}]" : node.Text ?? "";
}
