using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Reads the vehicles' records: read a batch, commit it, acknowledge it to the broker, tell the vehicles. Nothing is
/// acknowledged before its commit; a batch that cannot be stored is tried again and nothing else is read meanwhile.
/// </summary>
public sealed class DurableLane(
    IHubSessions sessions, IngestPipeline pipeline, Acknowledgements acknowledgements, IngestOptions options, DiskRoom room, TimeProvider time, ILogger<DurableLane> log)
    : BackgroundService
{
    public const string ClientId = "hub-durable";

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(4);

    private volatile IBatchReader? open;
    private volatile bool fails;

    /// <summary>The broker has accepted the session: what vehicles send arrives.</summary>
    public bool IsConnected => open?.IsConnected ?? false;

    /// <summary>The newest batch could not be stored, and is tried again.</summary>
    public bool Fails => fails;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var reader = await sessions.OpenReaderAsync(
            ClientId, [Topic.AllUp], Qos.AtLeastOnce, cleanSession: false, options.BatchMessages, stoppingToken).ConfigureAwait(false);
        var telling = Task.CompletedTask;
        open = reader;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var messages = await reader.ReadBatchAsync(stoppingToken).ConfigureAwait(false);
                if (messages.Count == 0) continue;
                var began = time.GetTimestamp();
                var batch = await StoreAsync(messages, stoppingToken).ConfigureAwait(false);

                // Told to stop or not, what is committed is acknowledged: this is short.
                await reader.AcknowledgeBatchAsync(CancellationToken.None).ConfigureAwait(false);
                await telling.ConfigureAwait(false);
                telling = acknowledgements.SendAsync(batch, CancellationToken.None);
                // A small batch costs almost what a large one does. As long a pause as the work took lets the next one gather; a
                // message that comes alone finds none.
                await PauseAsync(time.GetElapsedTime(began), stoppingToken).ConfigureAwait(false);
            }
        }
        finally
        {
            open = null;
            await telling.ConfigureAwait(false);
        }
    }

    private Task PauseAsync(TimeSpan worked, CancellationToken stop) => Task.Delay(worked < LongestPause ? worked : LongestPause, time, stop);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the store throws, the batch is kept and tried again.")]
    private async Task<IngestBatch> StoreAsync(IReadOnlyList<LinkMessage> messages, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var batch = await pipeline.IngestAsync(messages, CancellationToken.None).ConfigureAwait(false);
                // A question alone writes nothing.
                if (batch.Records.Count + batch.Unreadable.Count > 0) room.Fitted();
                fails = false;
                return batch;
            }
            catch (Exception e)
            {
                fails = true;
                if (!room.IsFull(e)) log.NotStored(e, messages.Count, options.RetryAfter);
                await Task.Delay(options.RetryAfter, time, stop).ConfigureAwait(false);
            }
        }
    }
}
