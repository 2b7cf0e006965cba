using System.Collections.Concurrent;
using ThreeOneOne.Field.Edge.Tests.Attachments;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Uplink;

/// <summary>Keeps each record once and acknowledges it, as the hub does.</summary>
internal sealed class SmallHub : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly IPublisher link;
    private readonly Task reading;
    private volatile Topic? vehicle;

    public SmallHub(IPublisher link)
    {
        this.link = link;
        reading = ReadAsync();
    }

    public ConcurrentDictionary<(string Epoch, long Seq), WireRecord> Records { get; } = [];

    public ConcurrentDictionary<(string Epoch, long Seq), string> Hashes { get; } = [];

    public FileDesk Files { get; } = new();

    /// <summary>Records that came again.</summary>
    public int Duplicates { get; private set; }

    public Action<LivePosition> LiveReceived { get; set; } = _ => { };

    public ConcurrentQueue<VehicleStatus> Statuses { get; } = [];

    public ConcurrentQueue<LivePosition> Live { get; } = [];

    /// <summary>What a hub that has these records says when it is asked.</summary>
    public static Ack Answer(string epoch, IReadOnlyList<(long First, long Last)> ask, IReadOnlyDictionary<(string Epoch, long Seq), string> has)
    {
        List<long[]> ranges = [];
        foreach (var (first, last) in ask)
        {
            for (var seq = first; seq <= last; seq++)
            {
                if (!has.ContainsKey((epoch, seq))) continue;
                if (ranges.Count > 0 && ranges[^1][1] == seq - 1 && seq > first) ranges[^1][1] = seq;
                else ranges.Add([seq, seq]);
            }
        }

        return new Ack
        {
            Epoch = epoch,
            Asked = [.. ask.Select(a => new[] { a.First, a.Last })],
            Ranges = [.. ranges],
            Digests = [.. ranges.Select(r => RangeDigest.Of([.. Enumerable.Range(0, (int)(r[1] - r[0] + 1)).Select(i => has[(epoch, r[0] + i)])]))],
        };
    }

    /// <summary>Sends something down to the vehicle that was heard last.</summary>
    public async Task SendAsync<T>(Lane lane, T message, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        await link.PublishAsync((vehicle! with { Lane = lane }).ToString(), WireCodec.Encode(message, type), Qos.AtLeastOnce, false, stop.Token);

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
            var topic = vehicle = Topic.TryParse(message.Topic)!;
            if (topic.Lane == Lane.Status) Statuses.Enqueue(WireCodec.Decode(message.Payload, WireJson.Default.VehicleStatus));
            if (topic.Lane == Lane.Live)
            {
                Live.Enqueue(WireCodec.Decode(message.Payload, WireJson.Default.LivePosition));
                LiveReceived(Live.Last());
            }

            if (topic.Lane == Lane.File)
            {
                var state = WireCodec.Encode(Files.Take(message.Payload), WireJson.Default.FileState);
                await link.PublishAsync((topic with { Lane = Lane.FileState }).ToString(), state, Qos.AtLeastOnce, false, stop.Token);
            }

            if (topic.Lane != Lane.Up) continue;
            var batch = UpBatchReader.Read(WireCodec.Decode(message.Payload));
            var records = batch.Records.Select(r => UpBatchReader.ReadRecord(r)).ToList();
            foreach (var (record, bytes) in records.Zip(batch.Records))
            {
                if (!Records.TryAdd((batch.Epoch, record.Seq), record)) Duplicates++;
                foreach (var file in record.Action?.Attachments ?? []) Files.Expected[file.Sha256] = file.Bytes;
                Hashes[(batch.Epoch, record.Seq)] = WireCodec.ContentHash(bytes.Span);
            }

            var ack = batch.Ask is { } ask
                ? Answer(batch.Epoch, ask, Hashes)
                : new Ack { Epoch = batch.Epoch, Ranges = [.. records.Select(r => new[] { r.Seq, r.Seq })] };
            await link.PublishAsync((topic with { Lane = Lane.Ack }).ToString(), WireCodec.Encode(ack, WireJson.Default.Ack), Qos.AtLeastOnce, false, stop.Token);
        }
    }
}
