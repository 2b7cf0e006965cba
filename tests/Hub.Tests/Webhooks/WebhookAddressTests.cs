using System.ComponentModel.DataAnnotations;
using System.Net;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Webhooks;

namespace ThreeOneOne.Field.Hub.Tests.Webhooks;

/// <summary>Whoever can name an address must not make the hub knock at doors inside the city's network.</summary>
public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("https://93.184.216.34/hook", true)]
    [InlineData("https://[2606:2800:220:1:248:1893:25c8:1946]/hook", true)]
    [InlineData("https://hooks.example.gov/hook", true)]
    [InlineData("http://hooks.example.gov/hook", false)]
    [InlineData("https://127.0.0.1/hook", false)]
    [InlineData("https://2130706433/hook", false)]
    [InlineData("https://0x7f.1/hook", false)]
    [InlineData("https://10.1.2.3/hook", false)]
    [InlineData("https://172.31.0.1/hook", false)]
    [InlineData("https://192.168.1.1/hook", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://100.64.0.1/", false)]
    [InlineData("https://0.0.0.0/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:10.0.0.1]/", false)]
    [InlineData("https://[fd00::1]/", false)]
    [InlineData("https://[fe80::1]/", false)]
    [InlineData("https://[64:ff9b::a00:1]/", false)]
    [InlineData("https://[2002:a00:1::]/", false)]
    [InlineData("https://name:word@hooks.example.gov/", false)]
    [InlineData("https://hooks.example.gov/#part", false)]
    [InlineData("ftp://hooks.example.gov/", false)]
    [InlineData("/hook", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_public_https_addresses_are_taken_unless_the_settings_allow_more(string? url, bool taken) =>
        Assert.Equal(taken, WebhookAddress.Fault(url, new WebhooksOptions()) is null);

    [Fact]
    public void A_network_of_the_city_can_be_allowed_and_only_that()
    {
        var options = new WebhooksOptions { AllowedNetworks = ["10.20.0.0/16"] };
        Assert.Null(WebhookAddress.Fault("https://10.20.3.4/", options));
        Assert.NotNull(WebhookAddress.Fault("https://10.21.3.4/", options));
        Assert.Null(WebhookAddress.Fault(IPAddress.Parse("::ffff:10.20.3.4"), options.Networks));
        Assert.Single(new WebhooksOptions { AllowedNetworks = ["10.20.0.0"] }.Validate(new ValidationContext(options)));
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_when_it_is_connected_to()
    {
        await using var hub = await WebhooksHub.StartAsync(o => o.AllowedNetworks = []);
        await using var receiver = await Receiver.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.Client.PostJsonAsync("/api/webhooks", new { url = receiver.Url })).StatusCode);
        // A name is judged by where it leads at that moment.
        var (id, _) = await hub.SubscribeAsync(receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await hub.ReportAsync();
        await hub.DeliverAsync();
        Assert.Empty(receiver.Deliveries);
        Assert.Contains("is not a public address", (await hub.ReadAsync(id)).GetProperty("cause").GetString(), StringComparison.Ordinal);
    }
}
