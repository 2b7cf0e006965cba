using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Support;

/// <summary>
/// A TCP port on loopback that nobody uses at the moment, below those that the system gives to outgoing connections: a
/// server that is ended and started again still finds it free. No port is given twice: between the answer and the moment
/// that its server listens, another test may ask.
/// </summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int End = 32_000;
    private const int Attempts = 100;

    private static readonly Random Chance = new(Environment.ProcessId);
    private static readonly HashSet<int> Given = [];

    public static int Next()
    {
        for (var i = 0; i < Attempts; i++)
        {
            int port;
            lock (Chance)
            {
                port = Chance.Next(First, End);
                if (!Given.Add(port)) continue;
            }

            if (IsFree(port)) return port;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
