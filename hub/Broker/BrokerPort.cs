using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>Chooses the embedded broker's port.</summary>
internal static class BrokerPort
{
    /// <param name="options">Port 0: any free one.</param>
    /// <param name="last">The port used before, which vehicles know; kept while it is free.</param>
    /// <exception cref="InvalidOperationException">The configured port is taken.</exception>
    public static int Choose(BrokerOptions options, int? last)
    {
        var address = IPAddress.TryParse(options.Host, out var parsed) ? parsed : IPAddress.Loopback;
        if (options.Port != 0)
        {
            return TryListen(address, options.Port) ?? throw new InvalidOperationException(
                $"Broker:Port {options.Port} is taken by another program on {options.Host}: choose another, or 0 for any free one");
        }

        return (last is { } port ? TryListen(address, port) : null) ?? TryListen(address, 0)
            ?? throw new InvalidOperationException($"Broker:Host '{options.Host}' is not an address of this machine");
    }

    public static async Task<bool> AcceptsAsync(string host, int port, CancellationToken cancel)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, cancel).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int? TryListen(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
