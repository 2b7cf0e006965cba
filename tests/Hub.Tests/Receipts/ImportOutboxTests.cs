using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Receipts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;

namespace ThreeOneOne.Field.Hub.Tests.Receipts;

public sealed class ImportOutboxTests
{
    private static readonly Uri Address = new("/api/outbox", UriKind.Relative);

    [Fact]
    public async Task An_outbox_on_a_stick_comes_in_once_however_often_it_is_brought()
    {
        await using var hub = await StartAsync();
        var file = CarriedOutbox.Of(hub.Services.GetRequiredService<CertificateAuthority>());
        // One of its records came on the link before.
        hub.Broker.Up(Sample.UpTopic, Sample.Batch(Sample.Lamp(2)));
        await hub.DrainedAsync();
        var first = await BringAsync(hub, file, HttpStatusCode.OK);
        Assert.Equal((2, 1, 0), (first.GetProperty("new").GetInt32(), first.GetProperty("known").GetInt32(), first.GetProperty("aside").GetInt32()));
        var again = await BringAsync(hub, file, HttpStatusCode.OK);
        Assert.Equal((0, 3), (again.GetProperty("new").GetInt32(), again.GetProperty("known").GetInt32()));
        Assert.Equal(3, await hub.FigureAsync("records"));
        Assert.Empty(Directory.GetFiles(hub.Folder, "import-*"));
    }

    [Fact]
    public async Task A_file_that_was_changed_or_is_of_another_authority_is_refused()
    {
        await using var hub = await StartAsync();
        var file = CarriedOutbox.Of(hub.Services.GetRequiredService<CertificateAuthority>());
        file[file.Length / 2] ^= 1;
        Assert.Contains("is not as vehicle 'unit-214' signed it: bring the file whole", await RefusedAsync(hub, file), StringComparison.Ordinal);
        Assert.Contains("the file is empty", await RefusedAsync(hub, []), StringComparison.Ordinal);
        Assert.Contains("is not of this hub's authority: bring the file to the hub", await RefusedAsync(hub, CarriedOutbox.OfStranger()), StringComparison.Ordinal);
        Assert.Equal(0, await hub.FigureAsync("records"));
    }

    [Fact]
    public async Task A_vehicle_that_is_not_registered_any_more_is_named_and_nothing_is_kept_aside()
    {
        await using var hub = await StartAsync();
        // As after a restore of a hub from before it was registered.
        var file = CarriedOutbox.Of(hub.Services.GetRequiredService<CertificateAuthority>(), "unit-9");
        Assert.Contains("no vehicle 'unit-9'", await RefusedAsync(hub, file), StringComparison.Ordinal);
        Assert.Equal(0, await hub.AsideAsync(AsideReason.UnknownVehicle));
        await hub.RegisterAsync("unit-9");
        Assert.Equal(3, (await BringAsync(hub, file, HttpStatusCode.OK)).GetProperty("new").GetInt32());
    }

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync(
            change: services => services
                .AddSingleton(p => CertificateAuthority.Open(p.GetRequiredService<Database>().Folder, new EnrolmentOptions(), TimeProvider.System))
                .AddReceipts(),
            map: app => app.MapReceipts());
        await hub.RegisterAsync();
        return hub;
    }

    private static async Task<string> RefusedAsync(TestHub hub, byte[] file) =>
        (await BringAsync(hub, file, HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString()!;

    private static async Task<JsonElement> BringAsync(TestHub hub, byte[] file, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent(file);
        using var response = await hub.Client.PostAsync(Address, content);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
