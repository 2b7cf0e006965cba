namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>The times and limits by which pushes move, for one city.</summary>
public sealed record PushPolicy
{
    /// <summary>The city's list can be read and searched.</summary>
    public required bool CanLookUp { get; init; }

    /// <summary>Longest time from the end of a POST until the city's list shows what came of it, its own slowness included.</summary>
    public required TimeSpan VisibilityDelay { get; init; }

    /// <summary>Longest a POST may take.</summary>
    public required TimeSpan PostTimeout { get; init; }

    /// <summary>How long a claim holds.</summary>
    public required TimeSpan Lease { get; init; }

    public required TimeSpan FirstBackOff { get; init; }

    public required TimeSpan LongestBackOff { get; init; }

    /// <summary>How long past <see cref="VisibilityDelay"/> a look-up that tells nothing is repeated.</summary>
    public required TimeSpan LookUpPatience { get; init; }

    /// <summary>How long a token is polled.</summary>
    public required TimeSpan TokenPatience { get; init; }

    /// <summary>POSTs of one push before it counts as failed, each of them known not to have stored it.</summary>
    public required int MostAttempts { get; init; }

    /// <summary>Doubling, and spread by a fifth so that what failed together does not come back together.</summary>
    public TimeSpan BackOff(string id, int troubles)
    {
        var longest = LongestBackOff.TotalSeconds;
        var seconds = Math.Min(longest, FirstBackOff.TotalSeconds * Math.Pow(2, Math.Min(troubles, 30)));
        // Chance that is the same whoever works it out.
        var spread = id.Aggregate((uint)troubles, (hash, c) => (hash ^ c) * 16_777_619) / (double)uint.MaxValue;
        return TimeSpan.FromSeconds(seconds * (0.8 + 0.2 * spread));
    }
}
