using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Calls per minute, for each key and each address, as buckets that fill up again steadily. Bounded: when it holds too many
/// callers, those whose bucket is full are forgotten, which costs them nothing; if that makes no room, newcomers share one.
/// </summary>
internal sealed class CallLimiter(TimeProvider time, int mostCallers = 20_000)
{
    private const string Crowd = "crowd";

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly Lock sync = new();
    private readonly Dictionary<string, Bucket> buckets = new(StringComparer.Ordinal);
    private DateTimeOffset swept;

    /// <summary>Callers that are remembered.</summary>
    public int Callers
    {
        get
        {
            lock (sync) return buckets.Count;
        }
    }

    /// <returns>How long to wait; null when the call is within the limit, and counted.</returns>
    public TimeSpan? Take(string caller, int perMinute)
    {
        lock (sync)
        {
            var now = time.GetUtcNow();
            if (!buckets.ContainsKey(caller) && buckets.Count >= mostCallers && !MakeRoom(now)) caller = Crowd;
            var left = buckets.TryGetValue(caller, out var bucket) ? bucket.At(now) : perMinute;
            var refused = left < 1;
            buckets[caller] = new Bucket(refused ? left : left - 1, perMinute, now);
            return refused ? TimeSpan.FromSeconds(Math.Ceiling((1 - left) * 60 / perMinute)) : null;
        }
    }

    /// <summary>A household or office has a whole IPv6 /64 to choose from.</summary>
    public static string Caller(IPAddress? address)
    {
        if (address is null) return "a:";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? "a:" + Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : "a:" + address;
    }

    private bool MakeRoom(DateTimeOffset now)
    {
        // Looking at all of them for every newcomer would be what a flood of newcomers wants.
        if (now >= swept && now - swept < SweepEvery) return false;
        swept = now;
        foreach (var (caller, bucket) in buckets.Where(b => b.Value.At(now) >= b.Value.PerMinute).ToList()) buckets.Remove(caller);
        return buckets.Count < mostCallers;
    }

    private readonly record struct Bucket(double Left, int PerMinute, DateTimeOffset Since)
    {
        // A clock that was set back takes nothing away.
        public double At(DateTimeOffset now) => Math.Min(PerMinute, Left + Math.Max(0, (now - Since).TotalMinutes) * PerMinute);
    }
}
