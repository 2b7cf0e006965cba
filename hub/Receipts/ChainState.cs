using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>What is here of the hash chain of one epoch.</summary>
/// <param name="AtHub">Links that arrived.</param>
/// <param name="Count">How many the vehicle said there are, by its receipts and status; null when it never said.</param>
/// <param name="Missing">Links that it counted and that aren't here, inclusive ranges of two.</param>
/// <param name="Broken">Links that don't follow from the one before, or aren't what the vehicle signed: something was changed or forked.</param>
public sealed record ChainState(long AtHub, long? Count, IReadOnlyList<long[]> Missing, IReadOnlyList<BrokenLink> Broken)
{
    /// <param name="links">In order of their numbers.</param>
    /// <param name="heads">Where the vehicle said that this chain stood.</param>
    public static ChainState Of(IReadOnlyList<ReceiptStore.Link> links, IReadOnlyList<ChainHead> heads)
    {
        var broken = new List<BrokenLink>();
        var missing = new List<long[]>();
        ReceiptStore.Link? before = null;
        var atHub = 0L;
        foreach (var link in links)
        {
            if (before?.N == link.N)
            {
                broken.Add(new BrokenLink(link.N, link.Seq, $"a second link {link.N}; the first is record {before.Seq}"));
                continue;
            }

            var expected = before?.N + 1 ?? 1;
            if (link.N > expected) missing.Add([expected, link.N - 1]);
            else if ((before?.Hash ?? "") != link.Prev) broken.Add(new BrokenLink(link.N, link.Seq, "it doesn't follow from the link before it"));
            atHub++;
            before = link;
        }

        long? count = heads.Count == 0 ? null : heads.Max(h => h.Count);
        if (count > (before?.N ?? 0)) missing.Add([(before?.N ?? 0) + 1, count.Value]);
        var byN = links.ToLookup(l => l.N);
        foreach (var head in heads.Where(h => h.Count > 0 && byN[h.Count].Any() && byN[h.Count].All(l => l.Hash != h.Head)))
            broken.Add(new BrokenLink(head.Count, byN[head.Count].First().Seq, "it isn't the record that the vehicle signed for"));
        return new ChainState(atHub, count, missing, broken);
    }
}
