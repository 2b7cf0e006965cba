namespace ThreeOneOne.Field.Link;

/// <summary>
/// Reads messages in batches and acknowledges them only when told to, after the commit. The broker keeps what was read
/// and not acknowledged and delivers it again after a crash of the reader.
/// </summary>
public interface IBatchReader : IAsyncDisposable
{
    bool IsConnected { get; }

    /// <summary>
    /// Waits for at least one message and returns what is there, up to the reader's batch size. Must not be called again
    /// before <see cref="AcknowledgeBatchAsync"/>.
    /// </summary>
    ValueTask<IReadOnlyList<LinkMessage>> ReadBatchAsync(CancellationToken stop);

    /// <summary>Acknowledges the batch that was read last.</summary>
    ValueTask AcknowledgeBatchAsync(CancellationToken stop);
}
