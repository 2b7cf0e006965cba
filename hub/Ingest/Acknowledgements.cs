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

    private static Ack Build(string epoch, List<Incoming> records)
    {
        records.Sort((a, b) => a.Seq.CompareTo(b.Seq));
        // Two cards from one image may send both contents of a number at once: whose it is nobody knows, so neither may delete it.
        var forks = records.Where(r => r.IsFork).Select(r => r.Seq).ToHashSet();
        var (ranges, digests, hashes) = (new List<long[]>(), new List<string>(), new List<string>());
        foreach (var incoming in records)
        {
            if (forks.Contains(incoming.Seq) || (ranges.Count > 0 && ranges[^1][1] == incoming.Seq)) continue;
            if (ranges.Count > 0 && ranges[^1][1] == incoming.Seq - 1)
            {
                ranges[^1][1] = incoming.Seq;
            }
            else
            {
                CloseRange();
                ranges.Add([incoming.Seq, incoming.Seq]);
            }

            hashes.Add(incoming.Hash);
        }

        CloseRange();
        var aside = records.Where(r => r.Reason is not null && !forks.Contains(r.Seq)).Select(r => new AsideNotice(r.Seq, r.Reason!)).ToArray();
        var refused = records.Where(r => r.IsFork).DistinctBy(r => (r.Seq, r.Hash)).ToList();
        return new Ack
        {
            Epoch = epoch,
            Ranges = [.. ranges],
            Digests = [.. digests],
            Aside = aside.Length == 0 ? null : aside,
            Forks = refused.Count == 0 ? null : [.. refused.Select(r => r.Seq)],
            ForkHashes = refused.Count == 0 ? null : [.. refused.Select(r => r.Hash)],
        };

        void CloseRange()
        {
            if (hashes.Count > 0) digests.Add(RangeDigest.Of(hashes));
            hashes.Clear();
        }
    }

    private static byte[] Encode(Ack ack) => WireCodec.Encode(ack, WireJson.Default.Ack);
}
