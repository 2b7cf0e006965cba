using System.Threading.Channels;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>Wakes the sender. Apart from it, because the database makes its listeners before the sender can be made.</summary>
public sealed class HazardsInbox : ICommitListener
{
    // One knock is as good as many: the sender looks at everything.
    private readonly Channel<bool> due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public ChannelReader<bool> Due => due.Reader;

    public void Look() => due.Writer.TryWrite(true);

    public void Committed(IReadOnlyList<object> hubEvents)
    {
        foreach (var hubEvent in hubEvents)
        {
            if (hubEvent is HazardsChanged) Look();
        }
    }
}
