using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.FaultLab.Shim;

/// <summary>A program that runs with the shim before libc, life after life.</summary>
/// <param name="name">For its files.</param>
/// <param name="library">The compiled shim.</param>
/// <param name="folder">The program's data, which a power cut strikes.</param>
/// <param name="notes">Where the shim's journals and links go; on the same file system as the data.</param>
/// <param name="classes">Patterns of files, in the order of their class numbers.</param>
internal sealed class Shimmed(string name, string library, string folder, string notes, IReadOnlyList<string> classes) : IDisposable
{
    private ChildProcess? process;
    private int life;

    public ShimControl Control { get; } = Prepare(notes);

    public bool Runs => process is { HasExited: false };

    public int Pid => process?.Id ?? 0;

    public int Lives => life;

    public string Log => Path.Combine(Path.GetDirectoryName(notes)!, name + ".log");

    private string Journal => Path.Combine(notes, $"life-{life}");

    /// <summary>Starts it with an empty journal: what is on disk now counts as durable.</summary>
    public void Start(Children children, IReadOnlyList<string> command)
    {
        process?.Dispose();
        if (life > 0) Directory.Delete(Journal, recursive: true);
        life++;
        Directory.CreateDirectory(Journal);
        Control.Disarm();
        string[] environment =
        [
            "env", "LD_PRELOAD=" + library, "FAULTS_FOLDER=" + folder, "FAULTS_JOURNAL=" + Journal,
            "FAULTS_CONTROL=" + Control.File, "FAULTS_CLASSES=" + string.Join(':', classes),
        ];
        process = children.Start(name, Log, [.. environment, .. command]);
    }

    /// <summary>SIGKILL, if it has not struck itself already.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        process.KillGroup();
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Ends it as its operator would.</summary>
    public Task EndAsync(TimeSpan patience) => process?.EndAsync(patience) ?? Task.CompletedTask;

    /// <summary>Waits until it is gone.</summary>
    /// <returns>False when it still runs after the time.</returns>
    public async Task<bool> GoneAsync(TimeSpan within)
    {
        if (process is null) return true;
        using var late = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(late.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Throws away what the ended program had not made durable.</summary>
    /// <returns>For the record of the run.</returns>
    public string CutPower(Random random, PowerCutMode mode) => new PowerCut(folder, Journal, random, mode).Apply();

    public string LastWords() => process?.LastWords() ?? "";

    public void Dispose()
    {
        process?.Dispose();
        Control.Dispose();
    }

    private static ShimControl Prepare(string notes)
    {
        Directory.CreateDirectory(notes);
        return new ShimControl(Path.Combine(notes, "control"));
    }
}
