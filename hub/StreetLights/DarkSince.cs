using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>When a light went out: after it was last seen to burn, before it was first seen dark since.</summary>
/// <param name="AfterMs">GPS time, Unix milliseconds; the least of all when it was never seen to burn.</param>
/// <param name="BeforeMs">The same; the most of all when it was never seen dark.</param>
public readonly record struct DarkSince(long AfterMs, long BeforeMs)
{
    /// <param name="votes">What each pass said, in canonical order.</param>
    public static DarkSince Of(IReadOnlyList<Vote> votes)
    {
        var (after, before) = (long.MinValue, long.MaxValue);
        foreach (var vote in votes.Where(v => v.Counted && v.Weight != 0))
        {
            if (vote.Weight < 0) (after, before) = (vote.Observation.FixMs, long.MaxValue);
            else if (before == long.MaxValue) before = vote.Observation.FixMs;
        }

        return new DarkSince(after, before);
    }

    /// <summary>False when one was seen to burn after the other was dark.</summary>
    public bool MayBeAsOld(DarkSince other) => AfterMs < other.BeforeMs && other.AfterMs < BeforeMs;
}
