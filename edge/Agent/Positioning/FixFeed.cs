using System.Threading.Channels;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>
/// Hands each fix to everyone who needs it, in order. Reactions run in the caller and must be short; who works longer
/// listens through a bounded channel.
/// </summary>
public sealed class FixFeed
{
    private readonly List<Action<Fix>> reactions = [];
    private volatile Fix? latest;

    /// <summary>The newest fix; null before the first.</summary>
    public Fix? Latest => latest;

    /// <summary>Adds a reaction. All are added before the first fix.</summary>
    public void Subscribe(Action<Fix> reaction) => reactions.Add(reaction);

    /// <summary>A channel of the fixes to come; when the reader is slow, the oldest is dropped.</summary>
    /// <param name="capacity">Fixes that wait for the reader at most.</param>
    /// <param name="wanted">Which ones; null: all.</param>
    public ChannelReader<Fix> Listen(int capacity, Func<Fix, bool>? wanted = null)
    {
        var channel = Channel.CreateBounded<Fix>(new BoundedChannelOptions(capacity)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
            SingleWriter = true,
        });
        Subscribe(fix =>
        {
            if (wanted?.Invoke(fix) ?? true) channel.Writer.TryWrite(fix);
        });
        return channel.Reader;
    }

    public void Publish(Fix fix)
    {
        latest = fix;
        foreach (var reaction in reactions) reaction(fix);
    }
}
