using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Azure;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.IotHub;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Azure;

/// <summary>A stand-in with one device, and the vehicle's link to it.</summary>
internal sealed class AzureRun : IAsyncDisposable
{
    public const string Device = "truck-1";

    private readonly TestCertificates certificates = new();
    private readonly TemporaryFolder folder = new();
    private readonly TlsOptions files;

    public AzureRun(bool byCertificate = false)
    {
        Hub = IotHubStandIn.Start(certificates);
        files = certificates.Client(Device);
        Options = new AzureOptions { Host = Hub.HostName, Port = Hub.Port, CaFile = files.CaFile };
        if (byCertificate)
        {
            Hub.AddCertifiedDevice(Device);
            return;
        }

        Options.SasKeyFile = folder["device.key"];
        File.WriteAllText(Options.SasKeyFile, Hub.AddDevice(Device));
    }

    public static Topic Own { get; } = new("cambridge-ma", Device, Lane.Status);

    public IotHubStandIn Hub { get; }

    public AzureOptions Options { get; }

    public (string File, string Key) Certificate => (files.CertificateFile, files.KeyFile);

    public TestCertificates Certificates => certificates;

    public static string TopicOf(Lane lane) => (Own with { Lane = lane }).ToString();

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public AzurePublisher Open((string File, string Key)? certificate = null, Func<DateTimeOffset>? clock = null)
    {
        var will = new WillMessage(Own.ToString(), WireCodec.Encode(new VehicleStatus { Online = false }, WireJson.Default.VehicleStatus), Retain: true);
        return AzureLink.Start(
            Options, certificate ?? Certificate, will, Own, clock ?? TimeProvider.System.GetUtcNow, _ => { }, TimeProvider.System, seed: 1, NullLogger.Instance);
    }

    public async Task<AzurePublisher> ConnectAsync()
    {
        var link = Open();
        await Eventually.TrueAsync(() => link.IsConnected, "the vehicle connects");
        return link;
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        certificates.Dispose();
        folder.Dispose();
    }
}
