using System.Diagnostics;
using System.Globalization;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>The data folder's disk: there, writable, not full, and not so slow that a crew waits for each press.</summary>
/// <param name="folder">The vehicle's data.</param>
/// <param name="free">Bytes free on the disk of a folder.</param>
internal sealed class DiskCheck(string folder, Func<string, long>? free = null) : ICheck
{
    private const long Scarce = 200_000_000;
    private const long Little = 1_000_000_000;
    private const double SlowMs = 250;
    private const int Writes = 5;

    public string Name => "disk";

    public Task<Finding> LookAsync(CancellationToken stop)
    {
        if (!Directory.Exists(folder)) return Found(CheckState.Wrong, $"{folder} is not there", "start the agent once, or set Vehicle:Data to a folder of its own");
        double ms;
        try
        {
            ms = MedianMs(stop);
        }
        catch (UnauthorizedAccessException)
        {
            return Found(CheckState.Wrong, $"{folder} may not be written by {Environment.UserName}", $"chown -R field-agent: {folder}, or run this as the agent's user");
        }
        catch (IOException e)
        {
            return Found(CheckState.Wrong, $"{folder} cannot be written: {e.Message}", "remount it for writing (dmesg says why it is not), or put in a new card");
        }

        var left = (free ?? (f => new DriveInfo(Path.GetFullPath(f)).AvailableFreeSpace))(folder);
        var says = string.Create(CultureInfo.InvariantCulture, $"{left / 1_000_000} MB free, a safe write takes {ms:0.#} ms");
        return left < Scarce ? Found(CheckState.Wrong, says, "make room: nothing else should be on this card (journalctl --vacuum-size=50M)")
            : left < Little ? Found(CheckState.Note, says, "make room before it is needed")
            : ms > SlowMs ? Found(CheckState.Note, says, "the card is worn or of the slow kind: replace it by one for continuous writing")
            : Found(CheckState.Ok, says, null);
    }

    private double MedianMs(CancellationToken stop)
    {
        var path = Path.Combine(folder, ".doctor");
        var block = new byte[4096];
        List<double> took = [];
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            for (var i = 0; i < Writes && !stop.IsCancellationRequested; i++)
            {
                var from = Stopwatch.GetTimestamp();
                file.Write(block);
                file.Flush(flushToDisk: true);
                took.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
        }
        finally
        {
            if (took.Count > 0) File.Delete(path);
        }

        return took.Order().ElementAt(took.Count / 2);
    }

    private Task<Finding> Found(CheckState state, string says, string? remedy) => Task.FromResult(new Finding(Name, state, says, remedy));
}
