using System.Diagnostics;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>A running mosquitto, in a session and process group of its own, so that Ctrl-C reaches only the hub.</summary>
internal sealed class BrokerChild : IDisposable
{
    private const int KeptLines = 5;

    private readonly Process process;
    private readonly ChildRecord record;
    private readonly Queue<string> lastLines = new();
    private readonly ILogger log;

    private BrokerChild(Process process, ChildRecord record, ILogger log)
    {
        this.process = process;
        this.record = record;
        this.log = log;
        process.OutputDataReceived += (_, e) => Note(e.Data);
        process.ErrorDataReceived += (_, e) => Note(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    /// <summary>What it said last, for the reason of a failed start.</summary>
    public string LastWords
    {
        get
        {
            lock (lastLines) return lastLines.Count == 0 ? "it said nothing" : string.Join("; ", lastLines);
        }
    }

    /// <exception cref="InvalidOperationException">The program is not on this machine.</exception>
    public static BrokerChild Start(string program, string configuration, int port, string recordFile, BrokerAccount account, ILogger log)
    {
        string[] arguments = [.. account.Prefix, Find(program), "-c", configuration];
        var start = new ProcessStartInfo("setsid", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("setsid did not start");
        var record = new ChildRecord(process.Id, Posix.StartTicks(process.Id) ?? 0, port);
        record.Write(recordFile);
        return new BrokerChild(process, record, log);
    }

    /// <summary>Makes it read its rules again; sessions stay.</summary>
    public void Reload() => Signal(Posix.HangUp);

    public Task WaitForExitAsync(CancellationToken cancel) => process.WaitForExitAsync(cancel);

    public Task StopAsync(TimeProvider time) => record.EndAsync(time, CancellationToken.None);

    public void Dispose() => process.Dispose();

    private static string Find(string program)
    {
        // Debian keeps servers in /usr/sbin, which is not on an ordinary user's PATH.
        var folders = program.Contains('/', StringComparison.Ordinal) ? [""] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin");
        return folders.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
            $"Broker:Program '{program}' is not on this machine: install the Debian package mosquitto (apt-get install mosquitto)");
    }

    private void Signal(int signal)
    {
        if (record.IsAlive) Posix.Signal(record.Pid, signal);
    }

    private void Note(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        log.Said(line);
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > KeptLines) lastLines.Dequeue();
        }
    }
}
