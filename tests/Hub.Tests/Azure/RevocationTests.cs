using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Azure;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Azure;

/// <summary>A vehicle that is revoked at the hub is out at IoT Hub as well, and what it still sends is refused meanwhile.</summary>
public sealed class RevocationTests
{
    [Fact]
    public async Task What_a_revoked_vehicle_says_through_IoT_Hub_is_refused_and_nothing_is_sent_to_it()
    {
        await using var run = await AzureHub.StartAsync();
        using (var before = await run.PostAsync(AzureHub.Key, "Notification", run.Event(Lane.Up, Sample.Batch(Sample.Lamp(1))))) Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Single(await run.LedgerAsync());
        // It has a symmetric key and never had a certificate of this hub.
        await RevokeAsync(run);

        using (var after = await run.PostAsync(AzureHub.Key, "Notification", run.Event(Lane.Up, Sample.Batch(Sample.Lamp(2))), run.Event(Lane.File, [1]), run.Event(Lane.Status, [1])))
            Assert.Equal(HttpStatusCode.OK, after.StatusCode);

        Assert.Single(await run.LedgerAsync());
        Assert.Equal(3, (await AzureAsync(run))["events"]!["refused-revoked"]!.GetValue<int>());
        var calls = run.IotHub.Calls.Count(c => c.Contains("/twins/", StringComparison.Ordinal));
        var downlink = run.Hub.Services.GetRequiredService<Downlink>();
        foreach (var lane in (Lane[])[Lane.Orders, Lane.Profile, Lane.DeviceProfile, Lane.Command])
            Assert.Equal(DeliveryResult.Refused, await downlink.SendAsync(Sample.Vehicle, lane, "{}"u8.ToArray(), default));
        Assert.Equal(calls, run.IotHub.Calls.Count(c => c.Contains("/twins/", StringComparison.Ordinal)));

        using var again = await EnrolAsync(run);
        using (var enrolled = await run.PostAsync(AzureHub.Key, "Notification", run.Event(Lane.Up, Sample.Batch(Sample.Lamp(3))))) Assert.Equal(HttpStatusCode.OK, enrolled.StatusCode);
        Assert.Equal(2, (await run.LedgerAsync()).Length);
    }

    [Fact]
    public async Task A_revocation_disables_the_device_and_an_enrolment_lets_in_its_new_certificate_alone()
    {
        await using var run = await AzureHub.StartAsync();
        run.IotHub.AddCertifiedDevice(Sample.Vehicle);
        using var old = await EnrolAsync(run);
        Assert.Equal("certificateAuthority", Type(run));

        await RevokeAsync(run);
        await Eventually.TrueAsync(() => Status(run) == "disabled", "the device is disabled");

        using var certificate = await EnrolAsync(run);
        await Eventually.TrueAsync(() => Status(run) == "enabled", "the device is enabled");
        Assert.Equal("selfSigned", Type(run));
        var thumbprints = run.IotHub.Identity(Sample.Vehicle)["authentication"]!["x509Thumbprint"]!;
        Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256), thumbprints["primaryThumbprint"]!.GetValue<string>());
        Assert.Null(thumbprints["secondaryThumbprint"]);
        Assert.Empty((await AzureAsync(run))["devices"]!.AsArray());
    }

    [Fact]
    public async Task A_connection_by_key_ends_and_its_key_is_worth_nothing_also_after_an_enrolment()
    {
        await using var run = await AzureHub.StartAsync();
        await using var device = await StandInVehicle.ConnectAsync(run);
        var key = Key(run);

        await RevokeAsync(run);
        await Eventually.TrueAsync(() => !run.IotHub.IsConnected(Sample.Vehicle) && run.IotHub.Refusals.Any(r => r.Contains("is disabled", StringComparison.Ordinal)), "it is out, and does not come back");
        Assert.Equal(key, Key(run));

        using var again = await EnrolAsync(run);
        await Eventually.TrueAsync(() => Status(run) == "enabled", "the device is enabled");
        Assert.NotEqual(key, Key(run));
        await Eventually.TrueAsync(() => run.IotHub.Refusals.Any(r => r.Contains("signature", StringComparison.Ordinal)), "the old key is refused");
        Assert.False(run.IotHub.IsConnected(Sample.Vehicle));
    }

    [Fact]
    public async Task What_IoT_Hub_does_not_do_is_shown_and_tried_until_it_is_done_also_by_a_hub_that_was_started_anew()
    {
        await using var run = await AzureHub.StartAsync();
        run.IotHub.AddCertifiedDevice(Sample.Vehicle);
        using var old = await EnrolAsync(run);
        run.IotHub.IsRegistryForbidden = true;

        await RevokeAsync(run);
        await Eventually.TrueAsync(async () => (await AzureAsync(run))["devices"] is JsonArray { Count: 1 }, "it is shown");
        var waiting = (await AzureAsync(run))["devices"]![0]!;
        Assert.Equal((Sample.Vehicle, "disabled"), (waiting["vehicle"]!.GetValue<string>(), waiting["wanted"]!.GetValue<string>()));
        Assert.Contains("RegistryWrite", waiting["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("enabled", Status(run));

        await run.RestartHubAsync();
        await Eventually.TrueAsync(async () => (await AzureAsync(run))["devices"] is JsonArray { Count: 1 }, "the next hub shows it, too");
        run.IotHub.IsRegistryForbidden = false;
        await Eventually.TrueAsync(() => Status(run) == "disabled", "it is tried until it is done", TimeSpan.FromMinutes(3));
        await Eventually.TrueAsync(async () => (await AzureAsync(run))["devices"] is JsonArray { Count: 0 }, "nothing waits");
    }

    [Theory]
    [InlineData("somebody else's reason", "disabled")]
    [InlineData(DeviceIdentity.Reason, "enabled")]
    public void A_device_that_somebody_else_disabled_stays_so(string reason, string expected)
    {
        var device = new JsonObject { ["status"] = "disabled", ["statusReason"] = reason, ["authentication"] = new JsonObject { ["type"] = "certificateAuthority" } };

        Assert.True(DeviceIdentity.Change(device, isBarred: false, ["AB", "CD"]));

        Assert.Equal(expected, device["status"]!.GetValue<string>());
        Assert.Equal("CD", device["authentication"]!["x509Thumbprint"]!["secondaryThumbprint"]!.GetValue<string>());
        Assert.False(DeviceIdentity.Change(device, isBarred: false, ["AB", "CD"]));
        Assert.True(DeviceIdentity.Change(device, isBarred: false, ["EF", "AB"]));
        Assert.Equal(expected == "enabled", DeviceIdentity.Change(device, isBarred: true, []));
        // Its keys and certificates are not touched while it is out.
        Assert.Equal("EF", device["authentication"]!["x509Thumbprint"]!["primaryThumbprint"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_changed_at_the_same_time_is_not_overwritten()
    {
        await using var run = await AzureHub.StartAsync();
        run.IotHub.AddCertifiedDevice(Sample.Vehicle);
        using var old = await EnrolAsync(run);
        run.IotHub.BeforePut = () =>
        {
            run.IotHub.BeforePut = null;
            run.IotHub.Identity(Sample.Vehicle, d => d["authentication"] = new JsonObject { ["type"] = "selfSigned", ["x509Thumbprint"] = new JsonObject { ["primaryThumbprint"] = new string('A', 64) } });
        };

        await RevokeAsync(run);

        await Eventually.TrueAsync(() => Status(run) == "disabled", "the device is disabled", TimeSpan.FromMinutes(3));
        Assert.Equal(new string('A', 64), run.IotHub.Identity(Sample.Vehicle)["authentication"]!["x509Thumbprint"]!["primaryThumbprint"]!.GetValue<string>());
        Assert.True(run.IotHub.Calls.Count(c => c.StartsWith("PUT /devices/", StringComparison.Ordinal)) >= 2);
    }

    private static string Status(AzureHub run) => run.IotHub.Identity(Sample.Vehicle)["status"]!.GetValue<string>();

    private static string Type(AzureHub run) => run.IotHub.Identity(Sample.Vehicle)["authentication"]!["type"]!.GetValue<string>();

    private static string Key(AzureHub run) => run.IotHub.Identity(Sample.Vehicle)["authentication"]!["symmetricKey"]!["primaryKey"]!.GetValue<string>();

    private static async Task<JsonNode> AzureAsync(AzureHub run) => JsonNode.Parse(await run.Hub.Client.GetStringAsync(new Uri("/api/azure", UriKind.Relative)))!;

    private static async Task RevokeAsync(AzureHub run)
    {
        using var answer = await run.Hub.Client.PostAsJsonAsync(new Uri($"/api/vehicles/{Sample.Vehicle}/revocation", UriKind.Relative), new { reason = "stolen" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<X509Certificate2> EnrolAsync(AzureHub run)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest($"CN={Sample.Vehicle}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        using var body = new StringContent(csr, Encoding.UTF8, "text/plain");
        using var answer = await run.Hub.Client.PostAsync(new Uri($"/api/vehicles/{Sample.Vehicle}/certificate", UriKind.Relative), body);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, said);
        return X509Certificate2.CreateFromPem(JsonNode.Parse(said)!["certificate"]!.GetValue<string>());
    }
}
