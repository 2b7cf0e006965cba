using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MQTTnet;

namespace ThreeOneOne.Field.Link;

/// <summary>
/// <see cref="IBatchReader"/> over MQTTnet: each message is acknowledged by hand, after the commit of its batch. With
/// MQTT 5 the broker sends no more than a batch ahead; with 3.1.1 its own limit of messages in flight counts.
/// </summary>
public sealed class MqttBatchReader : IBatchReader, ISessionOwner
{
    private readonly LinkOptions options;
    private readonly SessionLoop loop;
    private readonly Lock gate = new();
    private readonly Queue<Delivery> waiting = [];
    private List<Delivery> batch = [];
    private TaskCompletionSource? arrival;
    private bool handedOver;
    private volatile bool connected;

    private MqttBatchReader(LinkOptions options, TimeProvider time)
    {
        this.options = options;
        loop = new SessionLoop(options, time, this, receivesBatches: true);
    }

    public bool IsConnected => connected;

    /// <summary>Why there is no connection, for a person; null while there is one or before the first attempt.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Starts a session; it connects in the background.</summary>
    public static MqttBatchReader Start(LinkOptions options, TimeProvider time)
    {
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
        while (true)
        {
            Task next;
            lock (gate)
            {
                while (!handedOver && batch.Count < options.BatchSize && waiting.TryDequeue(out var delivery)) batch.Add(delivery);
                if (batch.Count > 0)
                {
                    handedOver = true;
                    return [.. batch.Select(d => d.Message)];
                }

                arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                next = arrival.Task;
            }

            await next.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <remarks>If the connection was lost meanwhile, the batch comes again.</remarks>
    [SuppressMessage("Design", "CA1031", Justification = "An acknowledgement that cannot leave means that the connection is gone: the broker delivers again.")]
    public async ValueTask AcknowledgeBatchAsync(CancellationToken stop)
    {
        List<Delivery> done;
        lock (gate)
        {
            if (!handedOver) throw new InvalidOperationException("no batch was read since the last acknowledgement");
            (done, batch, handedOver) = (batch, [], false);
        }

        foreach (var delivery in done)
        {
            if (delivery.Connection.Lost.IsCancellationRequested) continue;
            try
            {
                await delivery.Received.AcknowledgeAsync(stop).ConfigureAwait(false);
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Ends the session. A batch that was not acknowledged stays with the broker.</summary>
    public async ValueTask DisposeAsync()
    {
        await loop.DisposeAsync().ConfigureAwait(false);
        lock (gate) arrival?.TrySetCanceled();
    }

    void ISessionOwner.Ready(Connection connection)
    {
        LastFailure = null;
        connected = true;
    }

    void ISessionOwner.Message(Connection connection, MqttApplicationMessageReceivedEventArgs message)
    {
        var m = message.ApplicationMessage;
        lock (gate)
        {
            waiting.Enqueue(new Delivery(connection, message, new LinkMessage(m.Topic, m.Payload.ToArray(), m.Retain)));
            arrival?.TrySetResult();
            arrival = null;
        }
    }

    void ISessionOwner.Closed(string reason)
    {
        connected = false;
        LastFailure = reason;
        // Nothing of this connection can be acknowledged any more; the broker delivers it again.
        lock (gate) waiting.Clear();
    }

    private sealed record Delivery(Connection Connection, MqttApplicationMessageReceivedEventArgs Received, LinkMessage Message);
}
