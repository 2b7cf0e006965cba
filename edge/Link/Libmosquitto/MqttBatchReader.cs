namespace ThreeOneOne.Field.Link;

/// <summary>
/// <see cref="IBatchReader"/> over libmosquitto. The library queues a PUBACK before it hands a message over and knows no
/// manual acknowledgement; so nothing at all is written between the first message of a batch and
/// <see cref="AcknowledgeBatchAsync"/>. That includes pings: a commit that takes longer than one and a half keep-alives
/// loses the connection and gets its batch again.
/// </summary>
/// <remarks>Rests on an implementation detail of the library; a test kills a reader and counts, and must stay.</remarks>
public sealed class MqttBatchReader : IBatchReader, ISessionOwner
{
    private readonly LinkOptions options;
    private readonly SessionLoop loop;
    private readonly Lock gate = new();
    private List<LinkMessage> batch = [];
    private TaskCompletionSource<IReadOnlyList<LinkMessage>>? reader;
    private bool handedOver;
    private bool unacknowledged;
    private volatile bool connected;

    private MqttBatchReader(LinkOptions options, TimeProvider time)
    {
        this.options = options;
        loop = new SessionLoop(options, time, this, receivesBatches: true);
    }

    /// <summary>True while the broker has accepted session and subscriptions; behind a backlog it answers those late.</summary>
    public bool IsConnected => connected;

    /// <summary>Why there is no connection, for a person; null while there is one or before the first attempt.</summary>
    public string? LastFailure { get; private set; }

    bool ISessionOwner.MayWrite => !unacknowledged;

    /// <summary>Starts a session; it connects in the background.</summary>
    /// <exception cref="LinkUnavailableException">The native library is missing.</exception>
    public static MqttBatchReader Start(LinkOptions options, TimeProvider time)
    {
        NativeLink.Require();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BatchSize, ushort.MaxValue);
        var reader = new MqttBatchReader(options, time);
        reader.loop.Start();
        return reader;
    }

    /// <inheritdoc/>
    /// <remarks>A batch that was handed over and not acknowledged is returned again.</remarks>
    public async ValueTask<IReadOnlyList<LinkMessage>> ReadBatchAsync(CancellationToken stop)
    {
        Task<IReadOnlyList<LinkMessage>> arrival;
        lock (gate)
        {
            if (batch.Count > 0)
            {
                handedOver = true;
                return batch;
            }

            reader ??= new TaskCompletionSource<IReadOnlyList<LinkMessage>>(TaskCreationOptions.RunContinuationsAsynchronously);
            arrival = reader.Task;
        }

        return await arrival.WaitAsync(stop).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>It leaves with the thread's next turn; if the connection was lost meanwhile, the batch comes again.</remarks>
    public ValueTask AcknowledgeBatchAsync(CancellationToken stop)
    {
        lock (gate)
        {
            if (!handedOver) throw new InvalidOperationException("no batch was read since the last acknowledgement");
            handedOver = false;
            unacknowledged = false;
            batch = [];
        }

        loop.Wake();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the session. A batch that was not acknowledged stays with the broker.</summary>
    public async ValueTask DisposeAsync()
    {
        await loop.DisposeAsync().ConfigureAwait(false);
        lock (gate) reader?.TrySetCanceled();
    }

    bool ISessionOwner.WantsRead(MqttConnection connection)
    {
        lock (gate) return !handedOver && batch.Count < options.BatchSize && !MustWrite(connection);
    }

    bool ISessionOwner.Drain() => !unacknowledged;

    // What an earlier connection had brought can no longer be acknowledged, so it holds nothing back here.
    void ISessionOwner.Opening()
    {
        lock (gate) unacknowledged = false;
    }

    void ISessionOwner.Ready(MqttConnection connection)
    {
        LastFailure = null;
        connected = true;
    }

    void ISessionOwner.Turn(MqttConnection connection)
    {
        lock (gate)
        {
            if (handedOver) return;
            if (!unacknowledged)
            {
                connection.Write();
                if (MustWrite(connection)) return;
            }

            // SUBSCRIBE leaves before the session's backlog comes in, or it would wait for the first commit.
            connection.ReadUntilDry(() => batch.Count >= options.BatchSize || MustWrite(connection));
            if (!unacknowledged && connection.Lost is null)
            {
                connection.Write();
                connection.Misc();
            }

            HandOver();
        }
    }

    void ISessionOwner.Message(LinkMessage message)
    {
        batch.Add(message);
        unacknowledged = true;
    }

    void ISessionOwner.Published(int mid, int reason)
    {
    }

    void ISessionOwner.Closed(string reason)
    {
        connected = false;
        LastFailure = reason;
    }

    /// <summary>The last batch's acknowledgements must be out before anything new is queued behind them.</summary>
    private bool MustWrite(MqttConnection connection) => !unacknowledged && connection.Accepted && connection.WantsWrite;

    private void HandOver()
    {
        if (batch.Count == 0 || reader is null) return;
        handedOver = true;
        reader.SetResult(batch);
        reader = null;
    }
}
