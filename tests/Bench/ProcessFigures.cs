namespace ThreeOneOne.Field.Bench;

/// <summary>What the kernel says about a process.</summary>
internal static class ProcessFigures
{
    private const double TicksPerSecond = 100;

    public static double CpuSeconds(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], null) + long.Parse(fields[12], null)) / TicksPerSecond;
    }

    /// <summary>Resident memory, MiB.</summary>
    public static double RssMb(int pid) =>
        long.Parse(File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], null) / 1024.0;
}
