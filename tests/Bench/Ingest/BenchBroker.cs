using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>
/// Debian's mosquitto with the limits that the hub writes for its own. Two listeners on loopback: mutual TLS for the hub,
/// whose settings know nothing else, and a plain one for the generator and the bare subscriber, because the cryptography
/// of 500 vehicles that live on one machine is not what is measured.
/// </summary>
internal sealed class BenchBroker : IAsyncDisposable
{
    private readonly ServerFolder folder;
    private readonly TestCertificates certificates;

    private BenchBroker(ServerFolder folder, TestCertificates certificates, int plainPort, int tlsPort, ServerProcess process) =>
        (this.folder, this.certificates, PlainPort, TlsPort, Process) = (folder, certificates, plainPort, tlsPort, process);

    public int PlainPort { get; }

    public int TlsPort { get; }

    public ServerProcess Process { get; }

    public TlsOptions HubCertificate => certificates.Client("hub");

    /// <param name="durable">Saves every change before it goes on, as far as mosquitto can.</param>
    public static async Task<BenchBroker> StartAsync(bool durable)
    {
        var (folder, certificates) = (new ServerFolder("bench-broker"), new TestCertificates());
        var (plain, tls) = (FreePort.Next(), FreePort.Next());
        foreach (var (name, text) in certificates.ServerFiles()) folder.Write(name, text);
        var configuration = folder.Write("mosquitto.conf", $"""
            listener {plain} 127.0.0.1
            listener {tls} 127.0.0.1
            cafile {folder.Path}/ca.crt
            certfile {folder.Path}/server.crt
            keyfile {folder.Path}/server.key
            require_certificate true
            use_identity_as_username true
            allow_anonymous true
            max_queued_messages 100000
            max_queued_bytes 512000000
            max_inflight_messages 2000
            message_size_limit 524288
            persistence true
            persistence_location {folder.Path}/
            autosave_interval {(durable ? 1 : 600)}
            autosave_on_changes {(durable ? "true" : "false")}
            set_tcp_nodelay true
            log_dest stderr
            log_type error
            log_type warning

            """);
        folder.HandOver();
        var process = ServerProcess.Start("mosquitto", ["-c", configuration], "mosquitto");
        var broker = new BenchBroker(folder, certificates, plain, tls, process);
        await Eventually.TrueAsync(() => process.HasExited ? throw new InvalidOperationException($"mosquitto ended at once:\n{process.Output}") : Accepts(plain), "mosquitto accepts connections").ConfigureAwait(false);
        return broker;
    }

    /// <summary>Ends a session that is away, with what is queued for it: connects in its name, clean, and leaves.</summary>
    public async Task ForgetAsync(string clientId)
    {
        using var client = new System.Net.Sockets.TcpClient { NoDelay = true };
        await client.ConnectAsync(System.Net.IPAddress.Loopback, PlainPort).ConfigureAwait(false);
        await client.GetStream().WriteAsync(Mqtt.Connect(clientId, clean: true)).ConfigureAwait(false);
        await client.GetStream().ReadExactlyAsync(new byte[4]).ConfigureAwait(false);
        await client.GetStream().WriteAsync(new byte[] { 0xe0, 0 }).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync().ConfigureAwait(false);
        certificates.Dispose();
        folder.Dispose();
    }

    private static bool Accepts(int port)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            client.Connect(System.Net.IPAddress.Loopback, port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
