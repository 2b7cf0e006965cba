using System.Buffers.Binary;
using System.Globalization;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>Looks at the computer through the kernel's files. What is not there is not known, and nothing that it reads can end it.</summary>
/// <param name="root">Where /sys and /proc are.</param>
/// <param name="dataFolder">Whose disk is meant.</param>
public sealed class ComputerLook(string root, string dataFolder)
{
    // No board has as many; a kernel that lists hundreds must not fill the record.
    private const int Most = 12;
    private const int WatchdogReset = 0x20;

    private static readonly (int Bit, string Word)[] Reasons = [(0, "under-voltage"), (1, "frequency capped"), (2, "throttled"), (3, "soft temperature limit")];

    /// <summary>The processor's temperature: of the zone that says so, else of the first.</summary>
    public double? CpuTemperatureC
    {
        get
        {
            var zones = Zones().ToList();
            return zones.Find(z => z.Type.Contains("cpu", StringComparison.OrdinalIgnoreCase) || z.Type.Contains("soc", StringComparison.OrdinalIgnoreCase) || z.Type.Contains("pkg", StringComparison.OrdinalIgnoreCase)) is { Type: not null } cpu
                ? cpu.C
                : zones.Count > 0 ? zones[0].C : null;
        }
    }

    /// <param name="batteryVolts">What is known of the vehicle's battery.</param>
    public ComputerHealth Look(double? batteryVolts = null)
    {
        var disk = DataDisk.Find(root, dataFolder);
        return new ComputerHealth
        {
            TemperaturesC = Temperatures(),
            Throttling = Throttling(),
            DiskReadOnly = disk?.ReadOnly,
            DiskErrors = disk?.Errors,
            DiskWearPercent = disk?.WearPercent,
            MemoryFreeBytes = MemoryFree(),
            Supplies = Supplies(),
            BatteryVolts = batteryVolts,
            UptimeSeconds = Text("proc/uptime")?.Split(' ')[0] is { } uptime && double.TryParse(uptime, CultureInfo.InvariantCulture, out var seconds) ? (long)seconds : null,
            BootReason = BootReason(),
        };
    }

    /// <summary>What somebody should know before the next record is due.</summary>
    public static string Alarms(ComputerHealth health) =>
        string.Join(';', [.. (health.Throttling ?? []).Where(t => !t.EndsWith(" earlier", StringComparison.Ordinal)), health.DiskReadOnly == true ? "read-only" : "", $"{health.DiskErrors}"]);

    private Dictionary<string, double>? Temperatures()
    {
        var found = new Dictionary<string, double>();
        // Boards with two zones of one name show the hotter.
        foreach (var (type, degrees) in Zones().Take(Most)) found[type] = Math.Max(degrees, found.GetValueOrDefault(type, double.MinValue));
        return found.Count == 0 ? null : found;
    }

    private IEnumerable<(string Type, double C)> Zones()
    {
        foreach (var zone in Folders("sys/class/thermal", "thermal_zone*"))
        {
            if (Text($"{zone}/type") is { Length: > 0 } type && Number($"{zone}/temp") is { } thousandths) yield return (type, thousandths / 1000.0);
        }
    }

    // The Pi's firmware says it as bits, 0 to 3 now and 16 to 19 since the start; its driver of voltages as an alarm.
    private string[]? Throttling()
    {
        var words = new List<string>();
        var text = Text("sys/devices/platform/soc/soc:firmware/get_throttled") ?? Text("sys/devices/platform/soc@0/soc@0:firmware/get_throttled");
        var hex = text is not null && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        var known = uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits);
        foreach (var (bit, word) in Reasons)
        {
            if ((bits >> bit & 1) == 1) words.Add(word);
            else if ((bits >> (bit + 16) & 1) == 1) words.Add($"{word} earlier");
        }

        foreach (var sensor in Folders("sys/class/hwmon", "hwmon*"))
        {
            if (Text($"{sensor}/name") != "rpi_volt" || Number($"{sensor}/in0_lcrit_alarm") is not { } alarm) continue;
            known = true;
            if (alarm != 0 && !words.Contains(Reasons[0].Word)) words.Add(Reasons[0].Word);
        }

        return known ? [.. words] : null;
    }

    private Dictionary<string, string>? Supplies()
    {
        var found = new Dictionary<string, string>();
        foreach (var supply in Folders("sys/class/power_supply", "*").Take(Most))
        {
            var capacity = Number($"{supply}/capacity") is { } percent ? $" {percent} %" : "";
            var state = Text($"{supply}/status") is { Length: > 0 } status ? status.ToLowerInvariant() + capacity : Number($"{supply}/online") switch { null => null, 0 => "offline", _ => "online" };
            if (state is not null) found[Path.GetFileName(supply)] = state;
        }

        return found.Count == 0 ? null : found;
    }

    private long? MemoryFree()
    {
        var line = Text("proc/meminfo")?.Split('\n').FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] && long.TryParse(kilobytes, CultureInfo.InvariantCulture, out var free) ? free * 1024 : null;
    }

    // A watchdog's own word; else the Pi's reset status as its bootloader hands it on (PM_RSTS: bits 4-6 watchdog, 8-10 software, 12 power).
    private string? BootReason()
    {
        foreach (var watchdog in Folders("sys/class/watchdog", "watchdog*"))
        {
            if (Number($"{watchdog}/bootstatus") is { } status && (status & WatchdogReset) != 0) return "watchdog";
        }

        byte[] bits;
        try
        {
            bits = File.ReadAllBytes(Path.Combine(root, "proc/device-tree/chosen/bootloader/rsts"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (bits.Length != 4) return null;
        var status32 = BinaryPrimitives.ReadUInt32BigEndian(bits);
        return (status32 & 0x1000) != 0 ? "power" : (status32 & 0x70) != 0 ? "watchdog" : (status32 & 0x700) != 0 ? "restart" : null;
    }

    private IEnumerable<string> Folders(string folder, string pattern)
    {
        var path = Path.Combine(root, folder);
        return Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path, pattern).Order(StringComparer.Ordinal) : [];
    }

    private string? Text(string file) => DataDisk.Text(Path.Combine(root, file));

    private long? Number(string file) => long.TryParse(Text(file), CultureInfo.InvariantCulture, out var number) ? number : null;
}
