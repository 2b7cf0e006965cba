using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>A sensor or receiver: opened as the agent opens it, and listened to until its first reading.</summary>
/// <typeparam name="T">What it reads.</typeparam>
/// <param name="name">What it is called on the report.</param>
/// <param name="address">As configured; empty: none.</param>
/// <param name="taken">True while the agent has it and nobody else can read it.</param>
/// <param name="read">Opens it and gives its readings.</param>
/// <param name="health">How it is.</param>
/// <param name="say">What a reading shows, in words.</param>
/// <param name="wiring">What to do when it is not there.</param>
/// <param name="unusable">What to do when it talks and gives nothing usable.</param>
internal sealed class SourceCheck<T>(
    string name,
    string address,
    bool taken,
    Func<CancellationToken, IAsyncEnumerable<T>> read,
    Func<SourceHealth> health,
    Func<T, string> say,
    string wiring,
    string unusable) : ICheck
{
    public string Name => name;

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        if (address.Length == 0) return new Finding(name, CheckState.Skipped, "none is configured");
        if (taken) return Taken();
        try
        {
            await foreach (var reading in read(stop).ConfigureAwait(false)) return new Finding(name, CheckState.Ok, $"{address}: {say(reading)}");
        }
        catch (OperationCanceledException)
        {
            // Its time is over: how it is says why.
        }

        var found = health();
        var why = found.Detail ?? "it gives nothing";
        return found.Talks ? new Finding(name, CheckState.Note, $"{address}: it talks, but {why}", unusable)
            : new Finding(name, CheckState.Wrong, $"{address}: {why}", found.Detail?.Contains("may not", StringComparison.Ordinal) is true || found.Detail?.Contains("denied", StringComparison.Ordinal) is true
                ? "sudo udevadm trigger --settle, and run this as the agent's user (sudo field-agent doctor)" : wiring);
    }

    // Two readers of one port would each get half.
    private Finding Taken() => address.StartsWith('/') && !File.Exists(address)
        ? new Finding(name, CheckState.Wrong, $"{address} is not there", wiring)
        : new Finding(name, CheckState.Skipped, $"{address} is read by the agent that runs", "systemctl stop field-agent, then again, to listen to it here");
}
