using System.Globalization;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>The disk that a folder is on, as the kernel sees it.</summary>
/// <param name="ReadOnly">True when it takes no writes.</param>
/// <param name="Errors">Errors that its ext4 has counted; null for other file systems.</param>
/// <param name="WearPercent">Life used; null when it does not say.</param>
internal sealed record DataDisk(bool ReadOnly, long? Errors, int? WearPercent)
{
    /// <returns>Null when the mounts cannot be read.</returns>
    public static DataDisk? Find(string root, string folder)
    {
        var target = Path.GetFullPath(folder);
        string[]? best = null;
        // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue: proc(5). A later mount hides an earlier one.
        foreach (var line in (Text(Path.Combine(root, "proc/self/mountinfo")) ?? "").Split('\n'))
        {
            var parts = line.Split(' ');
            if (parts.Length < 10 || !IsWithin(target, Unescaped(parts[4])) || (best is not null && Unescaped(best[4]).Length > Unescaped(parts[4]).Length)) continue;
            best = parts;
        }

        if (best is null) return null;
        var rest = Array.IndexOf(best, "-") is var dash and > 0 && dash + 3 < best.Length ? best[dash + 3] : "";
        var options = rest.Split(',');
        var isReadOnly = best[5].Split(',').Contains("ro") || options.Contains("ro") || options.Contains("emergency_ro");
        // The kernel's own name of it: /dev/root says nothing.
        var device = Path.Combine(root, "sys/dev/block", best[2]);
        var real = Real(device);
        if (real is null) return new DataDisk(isReadOnly, null, null);
        var ext4 = Path.Combine(root, "sys/fs/ext4", Path.GetFileName(real));
        var errors = Number(Path.Combine(ext4, "errors_count"));
        // Kernels from 2024 on stop all writes after an error and still call the mount rw; only its time says that it was in this boot.
        if (errors > 0 && options.Contains("errors=remount-ro") && Number(Path.Combine(ext4, "last_error_time")) >= BootTime(root)) isReadOnly = true;
        return new DataDisk(isReadOnly, errors, Wear(real));
    }

    internal static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? Number(string path) => long.TryParse(Text(path), CultureInfo.InvariantCulture, out var number) ? number : null;

    // Unix seconds.
    private static long? BootTime(string root) =>
        (Text(Path.Combine(root, "proc/stat")) ?? "").Split('\n').FirstOrDefault(l => l.StartsWith("btime ", StringComparison.Ordinal)) is { } line
        && long.TryParse(line.AsSpan("btime ".Length), CultureInfo.InvariantCulture, out var at) ? at : null;

    private static bool IsWithin(string path, string mount) => mount == "/" || path == mount || path.StartsWith(mount + "/", StringComparison.Ordinal);

    // Blanks in names of mounts are written as octal numbers.
    private static string Unescaped(string name) => name.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal);

    private static string? Real(string link)
    {
        try
        {
            return new DirectoryInfo(link).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? (Directory.Exists(link) ? link : null);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // "0x01 0x02": of both kinds of cells, 1 is up to 10 %, 11 is past its life. Of a partition its disk says it.
    private static int? Wear(string device)
    {
        var text = Text(Path.Combine(device, "device/life_time")) ?? Text(Path.Combine(Path.GetDirectoryName(device)!, "device/life_time"));
        var steps = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(t => t.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(t.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var step) ? step : 0).ToList();
        return steps.Count > 0 && steps.Max() is > 0 and <= 15 and var worst ? worst * 10 : null;
    }
}
