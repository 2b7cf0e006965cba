using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Tests.Broker;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Attachments;

/// <summary>The composed hub with its own broker: pieces in, a photo out, over a restart.</summary>
public sealed class PhotoToHubTests
{
    [Fact]
    public async Task A_photo_is_on_its_way_then_here_and_is_served_so_that_no_browser_runs_it()
    {
        var folder = BrokerHost.NewFolder();
        try
        {
            var photo = new byte[60_000];
            new Random(311).NextBytes(photo);
            new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }.CopyTo(photo, 0);
            var name = Convert.ToHexStringLower(SHA256.HashData(photo));
            var address = new Uri($"/api/attachments/{name}", UriKind.Relative);
            EnrolledVehicle vehicle;
            await using (var hub = await ComposedHub.StartAsync(folder))
            {
                vehicle = await EnrolledVehicle.EnrolAsync(hub.Client, folder, Sample.Vehicle);
                await SendAsync(vehicle, name, 0, photo.AsMemory(0, 30_000));
                await Eventually.TrueAsync(() => vehicle.Files.Any(f => f.Progress == FileProgress.NotExpected), "no action names it yet");
                var action = Sample.Lamp(1) with
                {
                    Lamp = null,
                    Duty = new Duty("s1", "crew-1"),
                    Action = new CrewAction { Id = "a1", Kind = CrewActionKind.FixedHere, Service = "pothole", At = new GeoPoint(42.37, -71.11), Attachments = [new AttachmentRef(name, AttachmentType.Jpeg, photo.Length)] },
                };
                await vehicle.SendAsync(Sample.UpTopic, Sample.Batch(action));
                await Eventually.TrueAsync(() => vehicle.Acks.Count > 0, "the completion is acknowledged without its photo");
                await SendAsync(vehicle, name, 0, photo.AsMemory(0, 30_000));
                await Eventually.TrueAsync(() => vehicle.Files.Any(f => f is { Progress: FileProgress.Wanted, Next: 30_000 }), "half of it is here");
                using var early = await hub.Client.GetAsync(address);
                Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
                Assert.Contains("30000 of 60000 bytes are here", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                var detail = await DetailAsync(hub);
                Assert.Equal("on-its-way", detail.GetProperty("state").GetString());
                Assert.Equal(30_000, detail.GetProperty("received").GetInt32());
            }

            await using (vehicle)
            {
                await using var hub = await ComposedHub.StartAsync(folder);
                // As a vehicle does: what the hub does not say it has is sent again.
                await Eventually.TrueAsync(
                    async () =>
                    {
                        await SendAsync(vehicle, name, 30_000, photo.AsMemory(30_000));
                        return vehicle.Files.Any(f => f.Progress == FileProgress.Complete);
                    },
                    "the vehicle may drop it", between: TimeSpan.FromSeconds(1));
                using var broken = await hub.Client.GetAsync(address);
                // No picture behind its first bytes: it is kept as it came, and shown to nobody as one.
                Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
                using var served = await hub.Client.GetAsync(new Uri($"{address}/original?reason=a%20test%20compares", UriKind.Relative));
                Assert.Equal(photo, await served.Content.ReadAsByteArrayAsync());
                Assert.Equal("image/jpeg", served.Content.Headers.ContentType!.MediaType);
                Assert.Equal("nosniff", served.Headers.GetValues("X-Content-Type-Options").Single());
                Assert.Contains("sandbox", served.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
                Assert.Equal("attachment", served.Content.Headers.ContentDisposition!.DispositionType);
                Assert.Equal("received", (await DetailAsync(hub)).GetProperty("state").GetString());
                hub.Client.DefaultRequestHeaders.Authorization = null;
                using var stranger = await hub.Client.GetAsync(address);
                Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task SendAsync(EnrolledVehicle vehicle, string name, int offset, ReadOnlyMemory<byte> piece) =>
        vehicle.SendAsync(new Topic("cambridge-ma", Sample.Vehicle, Lane.File).ToString(), new FileChunk(name, offset, piece).Encode());

    private static async Task<JsonElement> DetailAsync(ComposedHub hub)
    {
        JsonElement orders = default;
        await Eventually.TrueAsync(async () =>
        {
            orders = JsonDocument.Parse(await hub.Client.GetStringAsync(new Uri("/api/work-orders", UriKind.Relative))).RootElement.GetProperty("items");
            return orders.GetArrayLength() == 1;
        }, "the order of what the crew fixed is there");
        var id = orders[0].GetProperty("id").GetString();
        var detail = JsonDocument.Parse(await hub.Client.GetStringAsync(new Uri($"/api/work-orders/{id}", UriKind.Relative))).RootElement;
        return detail.GetProperty("attachments")[0];
    }
}
