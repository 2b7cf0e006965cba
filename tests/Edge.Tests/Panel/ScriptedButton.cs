using System.Threading.Channels;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Edge.Tests.Panel;

/// <summary>A button that is pressed as the test says, on a clock of its own.</summary>
internal sealed class ScriptedButton : IButtonSource
{
    private readonly Channel<ButtonEdge> edges = Channel.CreateUnbounded<ButtonEdge>();
    private long atMs = 1_000_000;

    public SourceHealth Health => new(SourceState.Ok);

    /// <summary>Held for so long, some seconds after the press before.</summary>
    public void Press(int heldMs, int pauseMs = 5_000)
    {
        atMs += pauseMs;
        edges.Writer.TryWrite(new ButtonEdge(true, atMs));
        atMs += heldMs;
        edges.Writer.TryWrite(new ButtonEdge(false, atMs));
    }

    public IAsyncEnumerable<ButtonEdge> ReadAsync(CancellationToken stop) => edges.Reader.ReadAllAsync(stop);
}
