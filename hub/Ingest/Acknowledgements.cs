using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Tells vehicles what is committed or kept aside, one message for each (vehicle, epoch) of a batch, and answers what
/// they asked. Whatever comes again is answered again.
/// </summary>
public sealed class Acknowledgements(Downlink downlink)
{
    public async Task SendAsync(IngestBatch batch, CancellationToken cancel)
    {
        // One after the other in the session's own line, but without waiting for each: the next batch is waiting, too.
        var sending = Build(batch.Records).Select(a => downlink.SendAsync(a.Vehicle, Lane.Ack, Encode(a.Ack), cancel).AsTask())
            .Concat(batch.Answers.Select(a => downlink.AnswerAsync(a.Topic, Encode(a.Ack), cancel).AsTask())).ToList();
        await Task.WhenAll(sending).ConfigureAwait(false);
    }

    internal static IEnumerable<(string Vehicle, Ack Ack)> Build(IReadOnlyList<Incoming> records) =>
        records.GroupBy(r => (Vehicle: r.Vehicle.Id, r.Epoch)).Select(group => (group.Key.Vehicle, Build(group.Key.Epoch, [.. group])));

    private static Ack Build(string epoch, IReadOnlyList<Incoming> records)
    {
        // Two cards from one image may send both contents of a number at once: whose it is nobody knows, so neither may delete it.
        var forks = records.Where(r => r.IsFork).Select(r => r.Seq).ToHashSet();
        var hashes = new SortedDictionary<long, string>();
        foreach (var incoming in records.Where(r => !forks.Contains(r.Seq))) hashes[incoming.Seq] = incoming.Hash;
        var ranges = new SeqRanges();
        foreach (var seq in hashes.Keys) ranges.Add(seq);
        (long First, long Last)[] all = [.. ranges.All];
        var aside = records.Where(r => r.Reason is not null && !forks.Contains(r.Seq)).Select(r => new AsideNotice(r.Seq, r.Reason!)).ToArray();
        return new Ack
        {
            Epoch = epoch,
            Ranges = [.. all.Select(r => new[] { r.First, r.Last })],
            Digests = [.. all.Select(r => RangeDigest.Of(Between(hashes, r.First, r.Last)))],
            Aside = aside.Length == 0 ? null : aside,
            Forks = forks.Count == 0 ? null : [.. forks.Order()],
        };
    }

    private static IEnumerable<string> Between(SortedDictionary<long, string> hashes, long first, long last)
    {
        for (var n = 0L; n <= last - first; n++) yield return hashes[first + n];
    }

    private static byte[] Encode(Ack ack) => WireCodec.Encode(ack, WireJson.Default.Ack);
}
