using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Which ranges of an acknowledgement may be deleted. Equal numbers alone prove nothing when a backup was restored: the hub
/// names the digest of what it has, and a range whose digest is not the vehicle's own is sent again, so that the hub
/// compares record by record.
/// </summary>
internal static class AckCheck
{
    /// <param name="ack">From the hub.</param>
    /// <param name="sent">What is on its way, with its contents.</param>
    public static List<(long First, long Last)> Confirmed(Ack ack, IReadOnlyList<SentBatch> sent)
    {
        var own = sent.Where(s => s.Batch.Epoch == ack.Epoch).ToList();
        List<(long, long)> confirmed = [];
        for (var i = 0; i < ack.Ranges.Length; i++)
        {
            if (ack.Ranges[i] is not [var first, var last] || first > last) continue;
            if (IsOwn(ack.Digests?.ElementAtOrDefault(i), first, last, own, isAnswer: ack.Asked is not null)) confirmed.Add((first, last));
        }

        return confirmed;
    }

    private static bool IsOwn(string? digest, long first, long last, List<SentBatch> own, bool isAnswer)
    {
        // An acknowledgement of what was just sent may do without; an answer about the past may not.
        if (digest is null) return !isAnswer;
        List<string> hashes = [];
        var near = own.FindAll(s => s.Overlaps(first, last));
        for (var seq = first; seq <= last; seq++)
        {
            if (near.Select(s => s.HashOf(seq)).FirstOrDefault(h => h is not null) is not { } hash) return !isAnswer;
            hashes.Add(hash);
        }

        return RangeDigest.Of(hashes) == digest;
    }
}
