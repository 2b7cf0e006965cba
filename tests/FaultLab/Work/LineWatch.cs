using ThreeOneOne.Field.Support.Proxy;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.FaultLab.Work;

/// <summary>
/// Reads what passes on a vehicle's line: which records went up and which the hub acknowledged; and cuts the line at a
/// packet of a wanted lane when told to.
/// </summary>
internal sealed class LineWatch
{
    private readonly Lock gate = new();
    private readonly HashSet<(string Epoch, long Seq)> sent = [];
    private readonly HashSet<(string Epoch, long Seq)> acknowledged = [];
    private readonly Dictionary<Lane, long> passed = [];
    private readonly Dictionary<int, List<(string Epoch, long Seq)>> published = [];
    private readonly HashSet<(string Epoch, long Seq)> taken = [];
    private HashSet<(string Epoch, long Seq)> suspects = [];
    private (Lane Lane, int Nth, PacketFate Fate)? armed;
    private TaskCompletionSource? struck;

    /// <summary>Sees each batch before it goes up and says what becomes of it.</summary>
    public Func<UpBatch, PacketFate>? OnBatch { get; set; }

    /// <summary>A lane whose messages vanish.</summary>
    public Lane? Vanishing { get; set; }

    /// <summary>Different records that the hub acknowledged.</summary>
    public int Acknowledged
    {
        get
        {
            lock (gate) return acknowledged.Count;
        }
    }

    /// <summary>Records that the broker had acknowledged, and that had to be sent again after it died.</summary>
    public int LostByBroker { get; private set; }

    /// <summary>The broker dies now.</summary>
    public void BrokerDies()
    {
        lock (gate) suspects = [.. taken.Where(t => !acknowledged.Contains(t))];
    }

    public void Attach(FaultProxy line)
    {
        line.Up.Tap = See;
        line.Down.Tap = See;
    }

    public bool HasAcknowledged(string epoch, long seq)
    {
        lock (gate) return acknowledged.Contains((epoch, seq));
    }

    /// <summary>Records that went up and were not acknowledged.</summary>
    public IReadOnlyList<(string Epoch, long Seq)> OnTheWay()
    {
        lock (gate) return [.. sent.Where(s => !acknowledged.Contains(s))];
    }

    public long Passed(Lane lane)
    {
        lock (gate) return passed.GetValueOrDefault(lane);
    }

    /// <summary>Cuts at the n-th message of a lane from now.</summary>
    /// <returns>Completes when it has.</returns>
    public Task Arm(Lane lane, int nth, PacketFate fate)
    {
        lock (gate)
        {
            armed = (lane, nth, fate);
            struck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return struck.Task;
        }
    }

    public void Disarm()
    {
        lock (gate) armed = null;
    }

    private PacketFate See(MqttPacket packet)
    {
        if (packet.Type == MqttPacket.PubAck) Taken(packet.Id);
        if (packet.Type != MqttPacket.Publish || Topic.TryParse(packet.Topic) is not { } topic) return PacketFate.Pass;
        var forged = PacketFate.Pass;
        lock (gate)
        {
            if (topic.Lane == Vanishing) return PacketFate.Vanish;
            passed[topic.Lane] = passed.GetValueOrDefault(topic.Lane) + 1;
            if (topic.Lane == Lane.Up) forged = Up(packet.Id, packet.Payload);
            if (topic.Lane == Lane.Ack) Ack(packet.Payload);
            if (forged != PacketFate.Pass) return forged;
            if (armed is not { } strike || strike.Lane != topic.Lane) return PacketFate.Pass;
            if (strike.Nth > 1)
            {
                armed = strike with { Nth = strike.Nth - 1 };
                return PacketFate.Pass;
            }

            armed = null;
            struck?.TrySetResult();
            return strike.Fate;
        }
    }

    private void Taken(int id)
    {
        lock (gate) if (published.Remove(id, out var records)) taken.UnionWith(records);
    }

    private PacketFate Up(int id, ReadOnlyMemory<byte> payload)
    {
        var batch = UpBatchReader.Read(WireCodec.Decode(payload));
        var records = batch.Records.Select(r => (batch.Epoch, UpBatchReader.ReadRecord(r).Seq)).ToList();
        published[id] = records;
        sent.UnionWith(records);
        LostByBroker += records.Count(suspects.Remove);
        return OnBatch?.Invoke(batch) ?? PacketFate.Pass;
    }

    private void Ack(ReadOnlyMemory<byte> payload)
    {
        var ack = WireCodec.Decode(payload, WireJson.Default.Ack);
        foreach (var range in ack.Ranges.Where(r => r.Length == 2))
        {
            // An answer to a question names whole histories; only what went up is of interest.
            for (var seq = range[0]; seq <= range[1] && seq - range[0] < 100_000; seq++)
                if (sent.Contains((ack.Epoch, seq))) acknowledged.Add((ack.Epoch, seq));
        }
    }
}
