using System.Diagnostics;
using System.Globalization;

namespace ThreeOneOne.Field.Bench.Agent;

/// <summary>What the kernel says of one process.</summary>
internal static class ProcessMeter
{
    /// <summary>Resident memory now, MB of 10⁶ bytes (VmRSS).</summary>
    public static double RssMb(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>Processor time used so far, user and system.</summary>
    public static TimeSpan Cpu(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime;
    }
}
