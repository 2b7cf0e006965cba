using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Bench.Outbox;

/// <summary>A start as a vehicle has it: a new process, nothing compiled yet.</summary>
internal static class OutboxOpening
{
    public const string Argument = "open-outbox";

    /// <summary>The new process: opens the outbox, takes a record and says how long that took.</summary>
    public static async Task RunAsync(string folder)
    {
        var began = Stopwatch.GetTimestamp();
        await using var outbox = DiskOutbox.Open(folder, new OutboxOptions(), NullLogger.Instance, BenchKey.Of(folder));
        if (outbox.Take(1, 1, RecordPriority.Bulk) is null) throw new InvalidOperationException("nothing to take");
        Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <returns>Milliseconds from starting the process to its answer, and those of the outbox; the median of three.</returns>
    public static async Task<(double Whole, double Inside)> MeasureAsync(string folder, CancellationToken stop)
    {
        List<(double Whole, double Inside)> times = [];
        for (var i = 0; i < 3; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], Argument, folder])
            {
                RedirectStandardOutput = true,
            })!;
            var line = await process.StandardOutput.ReadLineAsync(stop);
            times.Add((Stopwatch.GetElapsedTime(began).TotalMilliseconds, double.Parse(line!, CultureInfo.InvariantCulture)));
            await process.WaitForExitAsync(stop);
        }

        return times.OrderBy(t => t.Whole).ElementAt(1);
    }
}
