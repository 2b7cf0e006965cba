namespace ThreeOneOne.Field.Link;

/// <summary>A publish that waits for its answer.</summary>
internal sealed record PendingPublish(string Topic, ReadOnlyMemory<byte> Payload, Qos Qos, bool Retain, long Began)
{
    public TaskCompletionSource<DeliveryResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
