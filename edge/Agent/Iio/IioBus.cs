namespace ThreeOneOne.Field.Agent.Iio;

/// <summary>The sensors that the kernel's drivers offer (Industrial I/O): files in sysfs, and a character device for each buffer.</summary>
/// <param name="Devices">Where sysfs lists devices and triggers.</param>
/// <param name="Nodes">Where the character devices are.</param>
internal sealed record IioBus(string Devices = "/sys/bus/iio/devices", string Nodes = "/dev")
{
    public const string Rule = "iio:NAME, NAME as in /sys/bus/iio/devices/*/name (or label)";

    private const string Prefix = "iio:";

    /// <returns>The name that an address means; null when it is no such address.</returns>
    public static string? NameIn(string address) => address.Length > Prefix.Length && address.StartsWith(Prefix, StringComparison.Ordinal) ? address[Prefix.Length..] : null;

    /// <summary>The device of a name or label that has one of the files: some drivers show an accelerometer and a gyroscope as two devices of one name.</summary>
    /// <exception cref="IioException">There is none; says which there are.</exception>
    public IioDevice Find(string name, params ReadOnlySpan<string> anyOf)
    {
        var devices = Entries("iio:device").ToList();
        var named = devices.Where(d => d.Text("name") == name || d.Text("label") == name).ToList();
        foreach (var device in named)
        {
            foreach (var file in anyOf)
            {
                if (device.Has(file)) return device;
            }
        }

        throw new IioException(
            named.Count > 0 ? $"the sensor '{name}' measures something else: it has no {anyOf[0]}"
            : devices.Count == 0 ? $"the kernel shows no sensor: is '{name}' wired, and its overlay in the boot configuration?"
            : $"the kernel shows no sensor '{name}', but {string.Join(", ", devices.Select(d => d.Text("name")).Order(StringComparer.Ordinal))}");
    }

    /// <summary>A trigger's folder.</summary>
    /// <exception cref="IioException">There is none of the name; says which there are.</exception>
    public IioDevice Trigger(string name)
    {
        var triggers = Entries("trigger").ToList();
        return triggers.Find(t => t.Text("name") == name) ?? throw new IioException(
            triggers.Count == 0 ? $"the kernel shows no trigger: Motion:Trigger is '{name}'"
            : $"the kernel shows no trigger '{name}', but {string.Join(", ", triggers.Select(t => t.Text("name")).Order(StringComparer.Ordinal))}");
    }

    private IEnumerable<IioDevice> Entries(string kind) =>
        Directory.Exists(Devices)
            ? Directory.EnumerateFileSystemEntries(Devices, kind + "*").Order(StringComparer.Ordinal).Select(folder => new IioDevice(folder, Path.Combine(Nodes, Path.GetFileName(folder))))
            : [];
}
