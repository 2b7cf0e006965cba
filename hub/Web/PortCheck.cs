using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>Looks whether the port is free before anything is started for nothing.</summary>
internal static class PortCheck
{
    public static bool IsTaken(HubOptions options)
    {
        if (options.Port == 0) return false;
        using var listener = new TcpListener(IPAddress.Parse(options.Address), options.Port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}
