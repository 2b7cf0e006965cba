using System.Collections.Concurrent;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

/// <summary>Keeps each record once and acknowledges it, as the hub does.</summary>
internal sealed class SmallHub : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly IPublisher link;
    private readonly Task reading;

    public SmallHub(IPublisher link)
    {
        this.link = link;
        reading = ReadAsync();
    }

    public ConcurrentDictionary<(string Epoch, long Seq), WireRecord> Records { get; } = [];

    public ConcurrentQueue<VehicleStatus> Statuses { get; } = [];

    public ConcurrentQueue<LivePosition> Live { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading.ContinueWith(_ => { }, TaskScheduler.Default);
        await link.DisposeAsync();
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var message in link.Messages(stop.Token))
        {
            var topic = Topic.TryParse(message.Topic)!;
            if (topic.Lane == Lane.Status) Statuses.Enqueue(WireCodec.Decode(message.Payload, WireJson.Default.VehicleStatus));
            if (topic.Lane == Lane.Live) Live.Enqueue(WireCodec.Decode(message.Payload, WireJson.Default.LivePosition));
            if (topic.Lane != Lane.Up) continue;
            var batch = UpBatchReader.Read(WireCodec.Decode(message.Payload));
            var records = batch.Records.Select(r => UpBatchReader.ReadRecord(r)).ToList();
            foreach (var record in records) Records.TryAdd((batch.Epoch, record.Seq), record);
            var ack = new Ack { Epoch = batch.Epoch, Ranges = [.. records.Select(r => new[] { r.Seq, r.Seq })] };
            await link.PublishAsync((topic with { Lane = Lane.Ack }).ToString(), WireCodec.Encode(ack, WireJson.Default.Ack), Qos.AtLeastOnce, false, stop.Token);
        }
    }
}
