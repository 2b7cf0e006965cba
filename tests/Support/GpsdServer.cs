using System.Net.Sockets;
using System.Text;

namespace ThreeOneOne.Field.Support;

/// <summary>Debian's gpsd on loopback and free ports; a receiver that is played to it by datagrams of NMEA.</summary>
public sealed class GpsdServer : IAsyncDisposable
{
    private readonly UdpClient receiver = new();
    private readonly int receiverPort = FreePort.Next();
    private ServerProcess? process;

    public int Port { get; } = FreePort.Next();

    private string[] Arguments => ["-N", "-n", "-S", $"{Port}", $"udp://127.0.0.1:{receiverPort}"];

    public void Start() => process = ServerProcess.Start("gpsd", Arguments, "gpsd");

    /// <summary>With the rights of the test, which it gives up itself: a pulse is set up by root alone.</summary>
    /// <param name="pulse">The kernel's device of the receiver's pulse, such as <c>/dev/pps0</c>.</param>
    public void Start(string pulse) => process = ServerProcess.Run("/usr/sbin/gpsd", [.. Arguments, pulse]);

    public Task KillAsync() => process?.KillAsync() ?? Task.CompletedTask;

    /// <summary>What the receiver says of one moment: its sentences with their check sums, at once, as gpsd tells moments apart by the time between.</summary>
    public async Task SayAsync(params IEnumerable<string> sentences)
    {
        var moment = string.Concat(sentences.Select(s => s + "\r\n"));
        await receiver.SendAsync(Encoding.ASCII.GetBytes(moment), "127.0.0.1", receiverPort).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        receiver.Dispose();
        if (process is not null) await process.DisposeAsync().ConfigureAwait(false);
    }
}
