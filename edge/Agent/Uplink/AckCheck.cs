using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>
/// Which ranges of an acknowledgement may be deleted. Equal numbers alone prove nothing when a backup was restored: the hub
/// names the digest of what it has, and a range whose digest is not the vehicle's own is sent again, so that the hub
/// compares record by record. Of two vehicles with one card each hears what is meant for the other: a range with numbers
/// that this one did not send says nothing about its own.
/// </summary>
internal static class AckCheck
{
    /// <param name="ack">From the hub.</param>
    /// <param name="sent">What is on its way, with its contents.</param>
    /// <param name="settled">What was acknowledged before.</param>
    public static List<(long First, long Last)> Confirmed(Ack ack, IReadOnlyList<SentBatch> sent, Settled settled)
    {
        var own = sent.Where(s => s.Batch.Epoch == ack.Epoch).ToList();
        List<(long, long)> confirmed = [];
        for (var i = 0; i < ack.Ranges.Length; i++)
        {
            if (ack.Ranges[i] is not [var first, var last] || first > last) continue;
            if (IsOwn(ack.Digests?.ElementAtOrDefault(i), first, last, own, settled, ack)) confirmed.Add((first, last));
        }

        return confirmed;
    }

    /// <summary>The forks that this vehicle's own records are; another vehicle with the same card may have sent the others.</summary>
    public static long[] OwnForks(Ack ack, IReadOnlyList<SentBatch> sent)
    {
        if (ack.Forks is not { Length: > 0 } forks || ack.ForkHashes is not { } hashes || hashes.Length != forks.Length) return ack.Forks ?? [];
        var own = sent.Where(s => s.Batch.Epoch == ack.Epoch).ToList();
        return [.. forks.Zip(hashes).Where(f => own.Exists(s => s.HashOf(f.First) == f.Second)).Select(f => f.First).Distinct()];
    }

    private static bool IsOwn(string? digest, long first, long last, List<SentBatch> own, Settled settled, Ack ack)
    {
        // A hub that names no contents at all is believed about what was just sent, not about the past.
        if (digest is null) return ack.Asked is null && ack.Digests is null;
        List<string> hashes = [];
        var near = own.FindAll(s => s.Overlaps(first, last));
        for (var seq = first; seq <= last; seq++)
        {
            var hash = near.Select(s => s.HashOf(seq)).FirstOrDefault(h => h is not null) ?? settled.HashOf(ack.Epoch, seq);
            if (hash is null) return false;
            hashes.Add(hash);
        }

        return RangeDigest.Of(hashes) == digest;
    }
}
