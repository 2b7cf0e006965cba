using System.Net;
using System.Net.Sockets;
using ThreeOneOne.Field.Agent.Console;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>The crew's screen: its page is built, and its port is the agent's or free.</summary>
/// <param name="options">The screen's.</param>
/// <param name="runs">Whether the agent runs.</param>
internal sealed class PageCheck(ConsoleOptions options, bool runs) : ICheck
{
    public string Name => "crew page";

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        if (options.Port == 0) return new Finding(Name, CheckState.Skipped, "the vehicle has no screen");
        if (options.PageFolder.Length == 0) return new Finding(Name, CheckState.Note, "there is no page, only its endpoints", "set Console:PageFolder to page, which is beside the program");
        var address = $"http://127.0.0.1:{options.Port}/";
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, options.Port, stop).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return runs ? new Finding(Name, CheckState.Wrong, $"{address} does not answer, although the agent runs", "sudo systemctl restart field-agent; then journalctl -u field-agent")
                : new Finding(Name, CheckState.Ok, $"the page is there, and {address} is free for it");
        }

        return runs ? new Finding(Name, CheckState.Ok, $"{address} answers")
            : new Finding(Name, CheckState.Wrong, $"another program has port {options.Port}", $"ss -ltnp | grep {options.Port} names it; end it, or set Console:Port");
    }
}
