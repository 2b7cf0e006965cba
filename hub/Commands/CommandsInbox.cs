using System.Threading.Channels;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>Says that there may be something to send: apart from the sender, because the database makes its listeners first.</summary>
public sealed class CommandsInbox : ICommitListener
{
    // One knock is as good as many: the sender looks at all that is open.
    private readonly Channel<bool> due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public ChannelReader<bool> Due => due.Reader;

    public void Knock() => due.Writer.TryWrite(true);

    public void Committed(IReadOnlyList<object> hubEvents)
    {
        if (hubEvents.Any(e => e is CommandGiven)) Knock();
    }
}
