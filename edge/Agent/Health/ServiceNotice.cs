using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>
/// Tells the service manager how the program is, by the datagrams of sd_notify(3), without a native library: <c>READY=1</c>, <c>STATUS=</c>,
/// <c>WATCHDOG=1</c>, <c>STOPPING=1</c>. A socket that takes nothing costs nothing: what is not said in time is for the manager to judge.
/// </summary>
public sealed class ServiceNotice : IDisposable
{
    private const int LongestStatus = 500;

    private readonly Socket socket;
    private readonly UnixDomainSocketEndPoint manager;

    private ServiceNotice(Socket socket, UnixDomainSocketEndPoint manager, TimeSpan? watchdog) => (this.socket, this.manager, Watchdog) = (socket, manager, watchdog);

    /// <summary>Longest time between two <see cref="Alive"/> after which the manager kills the program; null: it does not watch.</summary>
    public TimeSpan? Watchdog { get; }

    /// <summary>Opens the manager's socket.</summary>
    /// <param name="address"><c>NOTIFY_SOCKET</c>: a path, or a name in the abstract space that begins with @.</param>
    /// <param name="watchdogMicroseconds"><c>WATCHDOG_USEC</c>.</param>
    /// <param name="watchdogProcess"><c>WATCHDOG_PID</c>: who is watched, where it is said.</param>
    /// <returns>Null when no manager asks, or by a socket of another kind.</returns>
    public static ServiceNotice? Open(string? address, string? watchdogMicroseconds = null, string? watchdogProcess = null)
    {
        if (address is not (['/', _, ..] or ['@', _, ..])) return null;
        // A manager that restarts must not stop a vehicle, and a socket that is full must not hold a sensor's loop.
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        var us = string.IsNullOrEmpty(watchdogProcess) || watchdogProcess == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var watched = us && long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var micros) && micros > 0;
        return new ServiceNotice(
            socket,
            new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address),
            watched ? TimeSpan.FromMicroseconds(long.Parse(watchdogMicroseconds!, CultureInfo.InvariantCulture)) : null);
    }

    /// <summary>Opens what the environment names, and takes it out: a program that this one starts must not speak for it.</summary>
    public static ServiceNotice? OfEnvironment()
    {
        string[] names = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"];
        var said = names.Select(Environment.GetEnvironmentVariable).ToArray();
        foreach (var name in names) Environment.SetEnvironmentVariable(name, null);
        return Open(said[0], said[1], said[2]);
    }

    /// <summary>The program works.</summary>
    public void Ready() => Say("READY=1");

    /// <summary>One line for whoever asks the manager.</summary>
    public void Status(string line) => Say($"STATUS={Line(line)}");

    /// <summary>The program does its work: not before it was seen to.</summary>
    public void Alive() => Say("WATCHDOG=1");

    /// <summary>The program ends as asked.</summary>
    public void Stopping() => Say("STOPPING=1");

    public void Dispose() => socket.Dispose();

    // A line's end would begin another assignment.
    private static string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestStatus ? line : line[..LongestStatus];
    }

    private void Say(string words)
    {
        try
        {
            socket.SendTo(Encoding.UTF8.GetBytes(words), manager);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The manager restarts, or its socket is full.
        }
    }
}
