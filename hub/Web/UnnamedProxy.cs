using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>Finds calls of people that a proxy passed on which the city did not name.</summary>
internal sealed class UnnamedProxy(ProxyList proxies, TimeProvider time, ILogger<UnnamedProxy> log)
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromHours(1);
    private static readonly string[] Forwarded = ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"];
    private readonly Lock gate = new();
    private DateTimeOffset? warnedAt;

    /// <summary>
    /// True when such a proxy says where a call comes from. Not for a call by a key: programs such as dashboards say it of their own
    /// users, and nothing is decided by it.
    /// </summary>
    public bool Sends(HttpContext context)
    {
        var (headers, peer) = (context.Request.Headers, context.Connection.RemoteIpAddress);
        if (!Array.Exists(Forwarded, headers.ContainsKey) || proxies.Names(peer)) return false;
        if (headers.Authorization.Count > 0) return false;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (warnedAt is { } last && now - last < BetweenWarnings) return true;
            warnedAt = now;
        }

        log.UnnamedProxy(peer?.ToString() ?? "nowhere");
        return true;
    }
}
