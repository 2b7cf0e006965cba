using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Receipts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Receipts;

public sealed class ImportOutboxTests
{
    private static readonly Uri Address = new("/api/outbox", UriKind.Relative);

    [Fact]
    public async Task An_outbox_on_a_stick_comes_in_once_however_often_it_is_brought()
    {
        await using var hub = await StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Export(Certificate(hub.Services.GetRequiredService<CertificateAuthority>(), key), key);
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
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Export(Certificate(hub.Services.GetRequiredService<CertificateAuthority>(), key), key);
        file[file.Length / 2] ^= 1;
        await BringAsync(hub, file, HttpStatusCode.UnprocessableEntity);

        var elsewhere = Directory.CreateTempSubdirectory("field-ca-").FullName;
        using (var stranger = CertificateAuthority.Open(elsewhere, new EnrolmentOptions(), TimeProvider.System))
            await BringAsync(hub, Export(Certificate(stranger, key), key), HttpStatusCode.UnprocessableEntity);
        Directory.Delete(elsewhere, recursive: true);
        Assert.Equal(0, await hub.FigureAsync("records"));
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

    private static string Certificate(CertificateAuthority authority, ECDsa key) =>
        authority.Sign(new CertificateRequest($"CN={Sample.Vehicle}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem(), Sample.Vehicle).Pem;

    private static byte[] Export(string certificate, ECDsa key)
    {
        using var file = new MemoryStream();
        OutboxExport.Write(
            file, new OutboxExportHeader(WireCodec.Version, "cambridge-ma", Sample.Vehicle, Sample.Time, certificate),
            [Sample.Batch(Sample.Health(1), Sample.Lamp(2)), Sample.Batch(Sample.Track(3))], key);
        return file.ToArray();
    }

    private static async Task<JsonElement> BringAsync(TestHub hub, byte[] file, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent(file);
        using var response = await hub.Client.PostAsync(Address, content);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
