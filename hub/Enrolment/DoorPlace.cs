using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// Where the vehicles' door is. A port of the machine's choice is written to <c>door.json</c> of the data folder: vehicles know
/// it, and the command that gives out codes names it while the hub runs elsewhere.
/// </summary>
public sealed class DoorPlace(EnrolmentOptions options, StorageOptions storage)
{
    private const string FileName = "door.json";
    private int port;

    /// <summary>What vehicles are told; null before the first start of a hub without a fixed port.</summary>
    public BrokerPlace.Address? Current => Known is > 0 and var known ? new BrokerPlace.Address(options.DoorHost, known) : null;

    private string File => Path.Combine(storage.Folder, FileName);

    private int Known => port > 0 ? port : options.Port > 0 ? options.Port : Last;

    private int Last
    {
        get
        {
            try
            {
                return System.IO.File.Exists(File) ? JsonSerializer.Deserialize<Kept>(System.IO.File.ReadAllText(File))?.Port ?? 0 : 0;
            }
            catch (JsonException)
            {
                return 0;
            }
        }
    }

    /// <summary>The address to listen on, chosen once.</summary>
    /// <exception cref="InvalidOperationException">The configured port is taken.</exception>
    internal IPEndPoint Choose()
    {
        var address = IPAddress.Parse(options.Address);
        if (port == 0)
        {
            port = options.Port > 0
                ? TryListen(address, options.Port) ?? throw new InvalidOperationException($"Enrolment:Port {options.Port} is taken by another program on {options.Address}: choose another")
                : TryListen(address, Last) ?? TryListen(address, 0) ?? throw new InvalidOperationException($"Enrolment:Address '{options.Address}' is not an address of this machine");
            DataFolder.Create(storage.Folder);
            PrivateFile.Write(File, JsonSerializer.Serialize(new Kept(port)));
        }

        return new IPEndPoint(address, port);
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

    private sealed record Kept(int Port);
}
