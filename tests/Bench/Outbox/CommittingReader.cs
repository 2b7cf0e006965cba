using System.Collections.Concurrent;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench.Outbox;

/// <summary>Acknowledges what a vehicle sends, range by range, and keeps the age of its positions.</summary>
internal sealed class CommittingReader : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly IPublisher link;
    private readonly ConcurrentQueue<double> ages;
    private readonly Task reading;

    public CommittingReader(IPublisher link, ConcurrentQueue<double> ages)
    {
        this.link = link;
        this.ages = ages;
        reading = Task.Run(ReadAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await link.DisposeAsync();
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var message in link.Messages(stop.Token))
        {
            if (Topic.TryParse(message.Topic) is not { } topic) continue;
            if (topic.Lane == Lane.Live)
            {
                var position = WireCodec.Decode(message.Payload, WireJson.Default.LivePosition);
                ages.Enqueue((TimeProvider.System.GetUtcNow() - position.Stamp.DeviceTime).TotalMilliseconds);
            }

            if (topic.Lane != Lane.Up) continue;
            var batch = UpBatchReader.Read(WireCodec.Decode(message.Payload));
            List<long[]> ranges = [];
            foreach (var record in batch.Records)
            {
                var seq = UpBatchReader.ReadRecord(record).Seq;
                if (ranges.Count > 0 && ranges[^1][1] == seq - 1) ranges[^1][1] = seq;
                else ranges.Add([seq, seq]);
            }

            var ack = new Ack { Epoch = batch.Epoch, Ranges = [.. ranges], Asked = batch.Ask?.Select(a => new[] { a.First, a.Last }).ToArray() };
            await link.PublishAsync((topic with { Lane = Lane.Ack }).ToString(), WireCodec.Encode(ack, WireJson.Default.Ack), Qos.AtMostOnce, false, stop.Token);
        }
    }
}
