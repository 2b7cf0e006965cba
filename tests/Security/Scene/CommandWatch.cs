using System.Collections.Concurrent;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Security.Scene;

/// <summary>Reads what the agent sends up, and counts the commands that it says it ran.</summary>
public sealed class CommandWatch : IAsyncDisposable
{
    private readonly MqttPublisher session;
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<(string Id, string Epoch, long Seq), byte> ran = new();
    private readonly Task reading;

    public CommandWatch(int port, TlsOptions tls)
    {
        session = MqttPublisher.Start(
            new LinkOptions { Host = "127.0.0.1", Port = port, ClientId = "watch", Tls = tls, Subscriptions = [Topic.AllUp, Topic.AllStatus], MessageQueue = 100_000 }, TimeProvider.System);
        reading = ReadAsync();
    }

    /// <summary>What the agent said last of itself.</summary>
    public VehicleStatus? Status { get; private set; }

    /// <summary>Times that commands ran whose id begins so; what is sent again counts once.</summary>
    public int Ran(string prefix) => ran.Keys.Count(k => k.Id.StartsWith(prefix, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        await session.DisposeAsync().ConfigureAwait(false);
        ending.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var message in session.Messages(ending.Token).ConfigureAwait(false))
            {
                if (message.Topic.EndsWith("/status", StringComparison.Ordinal))
                {
                    if (message.Payload.Length > 0) Status = WireCodec.Decode(message.Payload, WireJson.Default.VehicleStatus);
                    continue;
                }

                var batch = UpBatchReader.Read(WireCodec.Decode(message.Payload));
                foreach (var record in batch.Records.Select(UpBatchReader.ReadRecord))
                    if (record.Result is { Outcome: CommandOutcome.Done } result) ran.TryAdd((result.Id, batch.Epoch, record.Seq), 0);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    }
}
