using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>Messages of one call of Event Grid for one lane; whoever sent the call waits until they are committed.</summary>
internal sealed class Parcel(IReadOnlyList<LinkMessage> messages)
{
    private readonly TaskCompletionSource committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<LinkMessage> Messages => messages;

    public long Bytes { get; } = messages.Sum(m => (long)m.Payload.Length);

    public Task Committed => committed.Task;

    public void Commit() => committed.TrySetResult();

    /// <summary>Nobody will commit it: Event Grid keeps it.</summary>
    public void GiveUp() => committed.TrySetCanceled();
}
