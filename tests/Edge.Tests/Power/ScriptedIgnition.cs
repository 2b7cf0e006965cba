using System.Threading.Channels;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Power;

namespace ThreeOneOne.Field.Edge.Tests.Power;

/// <summary>An ignition that the test turns.</summary>
internal sealed class ScriptedIgnition : IIgnitionSource
{
    private readonly Channel<bool> levels = Channel.CreateUnbounded<bool>();

    public SourceHealth Health { get; set; } = new(SourceState.Ok);

    public void Turn(bool on) => levels.Writer.TryWrite(on);

    public IAsyncEnumerable<bool> ReadAsync(CancellationToken stop) => levels.Reader.ReadAllAsync(stop);
}
