using System.Threading.Channels;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>Wakes <see cref="BringDeviceProfiles"/>; apart from it, as <see cref="ProfilesInbox"/> is from its sender.</summary>
public sealed class DeviceProfilesInbox : ICommitListener
{
    private readonly Channel<bool> due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public ChannelReader<bool> Due => due.Reader;

    public void Look() => due.Writer.TryWrite(true);

    public void Committed(IReadOnlyList<object> hubEvents)
    {
        if (hubEvents.Any(e => e is DeviceProfilesChanged)) Look();
    }
}
