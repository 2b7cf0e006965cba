using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Agent;

/// <summary>Acknowledges whatever a vehicle sends and counts it: the vehicle is what is measured.</summary>
internal sealed class AcknowledgingHub : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly IPublisher link;
    private readonly Task reading;

    public AcknowledgingHub(IPublisher link)
    {
        this.link = link;
        reading = Task.Run(ReadAsync);
    }

    /// <summary>Records by kind, of all vehicles.</summary>
    public Dictionary<RecordKind, int> Records { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await link.DisposeAsync().ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var message in link.Messages(stop.Token).ConfigureAwait(false))
        {
            if (Topic.TryParse(message.Topic) is not { Lane: Lane.Up } topic) continue;
            var batch = UpBatchReader.Read(WireCodec.Decode(message.Payload));
            List<long[]> ranges = [];
            foreach (var record in batch.Records.Select(UpBatchReader.ReadRecord))
            {
                ranges.Add([record.Seq, record.Seq]);
                Records[record.Kind] = Records.GetValueOrDefault(record.Kind) + 1;
            }

            var asked = batch.Ask?.Select(a => new[] { a.First, a.Last }).ToArray();
            var ack = new Ack { Epoch = batch.Epoch, Ranges = [.. ranges], Asked = asked };
            await link.PublishAsync((topic with { Lane = Lane.Ack }).ToString(), WireCodec.Encode(ack, WireJson.Default.Ack), Qos.AtMostOnce, false, stop.Token).ConfigureAwait(false);
        }
    }
}
