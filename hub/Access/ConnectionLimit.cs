using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Bounds the connections of one address (IPv6: one /64), so that one machine that opens many and says nothing cannot take
/// everybody's. Not for named proxies, behind which everybody is, and not for this machine.
/// </summary>
internal sealed class ConnectionLimit(int most, ProxyList proxies)
{
    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);

    /// <summary>Callers with a connection.</summary>
    public int Callers => open.Count;

    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || proxies.MayBePlain(address))
        {
            await next(connection).ConfigureAwait(false);
            return;
        }

        var caller = CallLimiter.Caller(address);
        try
        {
            if (open.AddOrUpdate(caller, 1, (_, n) => n + 1) > most) connection.Abort();
            else await next(connection).ConfigureAwait(false);
        }
        finally
        {
            // Forgotten with the last one: the table is never longer than there are connections.
            if (open.AddOrUpdate(caller, 0, (_, n) => n - 1) == 0) open.TryRemove(new KeyValuePair<string, int>(caller, 0));
        }
    };
}
