using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Azure;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Azure;

public sealed class AzureSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        folder.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void Azure_needs_a_host_and_a_key_or_a_certificate_of_this_vehicle()
    {
        Assert.Null(AgentSettings.Read(["--Vehicle:Id=truck-1", "--Vehicle:Jurisdiction=cambridge-ma", "--Link:Kind=Azure", "--Azure:CaFile=/none/ca.pem"], errors));
        foreach (var key in new[] { "Azure:Host", "Azure:CaFile", "Azure:SasKeyFile" }) Assert.Contains(key, errors.ToString(), StringComparison.Ordinal);

        using var certificates = new TestCertificates();
        var other = certificates.Client("truck-2");
        errors.GetStringBuilder().Clear();
        Assert.Null(Read("--Azure:Host=city.azure-devices.net", $"--Azure:CaFile={other.CaFile}", $"--Link:CertificateFile={other.CertificateFile}", $"--Link:KeyFile={other.KeyFile}"));
        Assert.Contains("this one names truck-2", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_Azure_live_positions_and_statuses_go_as_seldom_as_it_says()
    {
        File.WriteAllText(folder["key"], Convert.ToBase64String(new byte[32]));
        File.WriteAllText(folder["ca"], "-");

        var settings = Read("--Azure:Host=city.azure-devices.net", $"--Azure:SasKeyFile={folder["key"]}", $"--Azure:CaFile={folder["ca"]}");

        Assert.NotNull(settings);
        Assert.Equal((10_000, 60.0), (settings.Options.Uplink.LiveIntervalMs, settings.Options.Uplink.StatusSeconds));
    }

    [Fact]
    public void A_token_is_signed_as_documented_and_renewed_well_before_its_end()
    {
        // Computed with openssl from the documented recipe, not with this code.
        var token = SasToken.Of("myhub.azure-devices.net/devices/device1", "0123456789abcdef"u8, DateTimeOffset.FromUnixTimeSeconds(1_456_973_447));
        Assert.Equal("SharedAccessSignature sr=myhub.azure-devices.net%2Fdevices%2Fdevice1&sig=YP9onoKjAzz%2FQqPcQ8Ogrnwe4FgPANOC%2Bn0J65LYlMU%3D&se=1456973447", token);
        Assert.EndsWith("&skn=service", SasToken.Of("myhub.azure-devices.net", "0123456789abcdef"u8, DateTimeOffset.UnixEpoch, "service"), StringComparison.Ordinal);

        File.WriteAllText(folder["key"], Convert.ToBase64String(new byte[32]) + "\n");
        var options = new AzureOptions { Host = "city.azure-devices.net", SasKeyFile = folder["key"] };
        var login = AzureLink.Login(options, "truck-1", DateTimeOffset.UnixEpoch, new Random(1));
        Assert.Equal("city.azure-devices.net/truck-1/?api-version=2021-04-12", login.User);
        Assert.InRange(login.RenewAfter!.Value, TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(51));
        File.WriteAllText(folder["key"], "HostName=city.azure-devices.net;DeviceId=truck-1;SharedAccessKey=AAAA");
        Assert.Throws<FormatException>(() => AzureLink.Login(options, "truck-1", DateTimeOffset.UnixEpoch, new Random(1)));
    }

    private AgentSettings? Read(params string[] more) =>
        AgentSettings.Read(["--Vehicle:Id=truck-1", "--Vehicle:Jurisdiction=cambridge-ma", "--Link:Kind=Azure", .. more], errors);
}
