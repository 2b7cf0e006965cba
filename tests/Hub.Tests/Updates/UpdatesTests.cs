using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Enrolment;
using ThreeOneOne.Field.Hub.Updates;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Updates;

/// <summary>A signed version from the one who makes releases to the vehicles, by the command and the door.</summary>
public sealed class UpdatesTests : IAsyncLifetime, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("updates-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private RealHub hub = null!;

    private CertificateAuthority Authority => hub.Services.GetRequiredService<CertificateAuthority>();

    private string Archive => Path.Combine(folder, "agent.tar.gz");

    public async Task InitializeAsync()
    {
        hub = await RealHub.StartAsync();
        await File.WriteAllBytesAsync(Archive, [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)]);
        Assert.Equal(0, await RunAsync("key", Path.Combine(folder, "release.key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "release.key")));
    }

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public async Task A_published_version_reaches_only_those_to_whom_it_is_offered()
    {
        Assert.Equal(0, await PublishAsync("0.2.0"));
        using var seven = await VehicleAsync("truck-7");
        using var eight = await VehicleAsync("truck-8");
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(seven, "0.1.0")).Status);
        Assert.Equal(0, await RunAsync("offer", "0.2.0", "--to", "truck-7"));
        var (status, envelope) = await AskAsync(seven, "0.1.0");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(eight, "0.1.0")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(seven, "0.2.0")).Status);
        var manifest = ReleaseKey.Open(envelope, Path.Combine(folder, "release.key.pub"));
        Assert.Equal("0.2.0", manifest.Version);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/vehicle/v1/updates/{manifest.Sha256}") { Headers = { Range = new RangeHeaderValue(99_000, null) } };
        using var rest = await seven.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal((await File.ReadAllBytesAsync(Archive))[99_000..], await rest.Content.ReadAsByteArrayAsync());
        Assert.Equal(0, await RunAsync("offer", "0.2.0", "--share", "100"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(eight, "0.1.0")).Status);
        Assert.Equal(0, await RunAsync("status"));
        Assert.Contains("offered to 100 %", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("stop", "0.2.0"));
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(eight, "0.1.0")).Status);
    }

    [Fact]
    public async Task A_version_that_two_vehicles_took_back_is_stopped()
    {
        Assert.Equal(0, await PublishAsync("0.2.0"));
        Assert.Equal(0, await RunAsync("offer", "0.2.0", "--share", "100"));
        using var seven = await VehicleAsync("truck-7");
        using var eight = await VehicleAsync("truck-8");
        using var nine = await VehicleAsync("truck-9");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(seven, "0.1.0")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(eight, "0.1.0")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(seven, "0.1.0&failed=0.2.0&reason=no%20fix")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(nine, "0.1.0")).Status);
        await AskAsync(eight, "0.1.0&failed=0.2.0&reason=no%20fix");
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(nine, "0.1.0")).Status);
        Assert.Equal(0, await RunAsync("status"));
        Assert.Contains("stopped: 2 vehicles took it back", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("took 0.2.0 back: no fix", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_vehicles_say_of_a_version_that_they_were_never_given_stops_nothing()
    {
        Assert.Equal(0, await PublishAsync("0.2.0"));
        Assert.Equal(0, await RunAsync("offer", "0.2.0", "--to", "truck-7,truck-8"));
        using var seven = await VehicleAsync("truck-7");
        using var eight = await VehicleAsync("truck-8");
        foreach (var other in (string[])["truck-9", "truck-10", "truck-11"])
        {
            using var stranger = await VehicleAsync(other);
            await AskAsync(stranger, "0.1.0&failed=0.2.0&reason=a%20profile");
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(seven, "0.1.0")).Status);
        await AskAsync(seven, "0.1.0&failed=0.2.0&reason=no%20fix");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(eight, "0.1.0")).Status);
    }

    [Fact]
    public async Task A_manifest_says_when_it_was_signed_and_until_when_it_is_good()
    {
        var before = TimeProvider.System.GetUtcNow();
        Assert.Equal(0, await PublishAsync("0.2.0"));
        var first = ReleaseKey.Open(await File.ReadAllBytesAsync(Archive + ".update"), Path.Combine(folder, "release.key.pub"));
        Assert.InRange(first.Sequence, before.ToUnixTimeMilliseconds(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        Assert.Equal(90, (first.ExpiresMs - first.Sequence) / 86_400_000.0);
        Assert.Equal(0, await RunAsync("sign", Archive, "--key", Path.Combine(folder, "release.key"), "--version", "0.2.0", "--days", "7"));
        var second = ReleaseKey.Open(await File.ReadAllBytesAsync(Archive + ".update"), Path.Combine(folder, "release.key.pub"));
        Assert.True(second.Sequence > first.Sequence);
        Assert.Equal(7, (second.ExpiresMs - second.Sequence) / 86_400_000.0);
        Assert.Equal(2, await RunAsync("sign", Archive, "--key", Path.Combine(folder, "release.key"), "--version", "0.2.0", "--days", "0"));

        await File.WriteAllBytesAsync(Archive + ".update", ReleaseKey.Sign(Path.Combine(folder, "release.key"), first with { Sequence = 1, ExpiresMs = 2 }));
        Assert.Equal(1, await RunAsync("publish", Archive));
        Assert.Contains("has expired", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_release_key_did_not_sign_is_not_published()
    {
        Assert.Equal(0, await RunAsync("key", Path.Combine(folder, "other.key")));
        Assert.Equal(1, await PublishAsync("0.2.0", "other.key"));
        Assert.Equal(0, await RunAsync("sign", Archive, "--key", Path.Combine(folder, "release.key"), "--version", "0.2.0"));
        await File.AppendAllTextAsync(Archive, "x");
        Assert.Equal(1, await RunAsync("publish", Archive));
        Assert.Contains("not the archive that was signed", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("sign", Archive, "--key", Path.Combine(folder, "release.key"), "--version", "two"));
        Assert.Equal(2, await RunAsync("sign", Archive));
        Assert.Equal(1, await RunAsync("offer", "0.9.0", "--share", "5"));
        Assert.Equal(2, await RunAsync("offer", "0.9.0", "--share", "101"));
    }

    [Fact]
    public async Task A_version_is_published_once()
    {
        Assert.Equal(0, await PublishAsync("0.2.0"));
        Assert.Equal(0, await PublishAsync("0.2.0"));
        await File.AppendAllTextAsync(Archive, "x");
        Assert.Equal(1, await PublishAsync("0.2.0"));
    }

    [Fact]
    public async Task A_version_that_was_published_may_be_published_as_a_roll_back()
    {
        Assert.Equal(0, await PublishAsync("0.2.0"));
        Assert.Equal(0, await RunAsync("offer", "0.2.0", "--share", "100"));
        using var seven = await VehicleAsync("truck-7");
        Assert.False((await OfferedAsync(seven)).RollBack);
        Assert.Equal(0, await RunAsync("sign", Archive, "--key", Path.Combine(folder, "release.key"), "--version", "0.2.0", "--roll-back", "yes"));
        Assert.Equal(0, await RunAsync("publish", Archive));
        Assert.Equal(0, await RunAsync("offer", "0.2.0", "--share", "100"));
        Assert.True((await OfferedAsync(seven)).RollBack);

        async Task<UpdateManifest> OfferedAsync(HttpClient vehicle) => ReleaseKey.Open((await AskAsync(vehicle, "0.3.0")).Envelope, Path.Combine(folder, "release.key.pub"));
    }

    [Theory]
    [InlineData("running=")]
    [InlineData("running=1.0")]
    [InlineData("running=0.1.0&failed=../x")]
    public async Task What_is_no_version_is_refused(string query)
    {
        using var seven = await VehicleAsync("truck-7");
        using var answer = await seven.PostAsync(new Uri($"/vehicle/v1/update?{query}", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Without_a_certificate_nothing_is_told_or_served()
    {
        using var blank = DoorClient.Open(hub.Door, Authority.AuthorityPem);
        using var asked = await blank.PostAsync(new Uri("/vehicle/v1/update?running=0.1.0", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        using var served = await blank.GetAsync(new Uri($"/vehicle/v1/updates/{new string('0', 64)}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, served.StatusCode);
        using var seven = await VehicleAsync("truck-7");
        using var none = await seven.GetAsync(new Uri($"/vehicle/v1/updates/{new string('0', 64)}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var odd = await seven.GetAsync(new Uri("/vehicle/v1/updates/..%2f..%2fhub.json", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, odd.StatusCode);
    }

    [Fact]
    public void A_share_is_a_share_of_the_fleet_and_grows_by_adding()
    {
        PublishedUpdate Of(int share) => new("0.2.0", "", 0, "", share, null, 1);
        var fleet = Enumerable.Range(0, 1_000).Select(i => $"truck-{i}").ToList();
        Assert.InRange(fleet.Count(Of(5).Covers), 30, 75);
        Assert.All(fleet.Where(Of(5).Covers), v => Assert.True(Of(25).Covers(v)));
        Assert.All(fleet, v => Assert.True(Of(100).Covers(v)));
        Assert.DoesNotContain(fleet, Of(0).Covers);
    }

    private async Task<int> PublishAsync(string version, string key = "release.key")
    {
        Assert.Equal(0, await RunAsync("sign", Archive, "--key", Path.Combine(folder, key), "--version", version));
        return await RunAsync("publish", Archive);
    }

    private Task<int> RunAsync(params string[] args) => UpdateCommand.RunAsync(
        ["update", .. args],
        _ => (hub.Services.GetRequiredService<StorageOptions>(), new UpdatesOptions { KeysFile = Path.Combine(folder, "release.key.pub") }),
        output,
        errors);

    private static async Task<(HttpStatusCode Status, byte[] Envelope)> AskAsync(HttpClient vehicle, string running)
    {
        using var answer = await vehicle.PostAsync(new Uri($"/vehicle/v1/update?running={running}", UriKind.Relative), null);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<HttpClient> VehicleAsync(string id)
    {
        await hub.Services.GetRequiredService<VehicleRegistry>().RegisterAsync(new Vehicle(id, "cambridge-ma", id, VehicleKind.Crewed, DateTimeOffset.UnixEpoch), _ => { }, default);
        var (own, issued) = DoorClient.Issue(Authority, id);
        await hub.Services.GetRequiredService<Database>().WriteAsync(s => EnrolmentStore.Add(s, id, issued, "test"), WritePriority.Interactive, default);
        return DoorClient.Open(hub.Door, Authority.AuthorityPem, own);
    }
}
