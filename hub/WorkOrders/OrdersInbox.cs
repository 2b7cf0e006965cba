using System.Threading.Channels;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// Vehicles whose orders should be looked at now. Apart from the sender, because the database makes its listeners before
/// the sender, which needs the database, can be made.
/// </summary>
public sealed class OrdersInbox : ICommitListener
{
    private const int MostWaiting = 1_024;

    // Dropped when full: the sender's next round looks at every vehicle.
    private readonly Channel<string> due = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public ChannelReader<string> Due => due.Reader;

    public void Look(string vehicle) => due.Writer.TryWrite(vehicle);

    public void Committed(IReadOnlyList<object> hubEvents)
    {
        foreach (var hubEvent in hubEvents)
        {
            if (hubEvent is VehicleOrdersChanged changed) Look(changed.Vehicle);
        }
    }
}
