using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Console;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Edge.Tests.Link;
using ThreeOneOne.Field.Edge.Tests.Uplink;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.Proxy;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Attachments;

/// <summary>From the crew's screen to the hub over a real broker and a line that is cut again and again.</summary>
public sealed class PhotoOverBadLineTests : IDisposable
{
    private const int Length = 3_000_000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>3 MB at 64 kbit/s take more than six minutes; here the line is 64 times as fast once the completion is through. The benchmark <c>photo</c> is the long version.</summary>
    [Fact]
    public async Task A_photo_of_3_MB_arrives_over_a_line_that_is_cut_and_the_completion_does_not_wait_for_it()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var proxy = FaultProxy.Start(broker.Port);
        proxy.Slow(64_000, TimeSpan.FromMilliseconds(20));
        var hubLink = await LinkTest.ConnectAsync(LinkTest.Options(broker.Port, "hub") with { Subscriptions = [Topic.AllUp, Topic.AllStatus, Topic.AllFiles] });
        await using var hub = new SmallHub(hubLink);
        var fixes = new ScriptedFixes();
        var port = FreePort.Next();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var photo = Photo.Jpeg(Length);
        using var stop = new CancellationTokenSource();
        await using var agent = new VehicleAgent(
            new AgentOptions
            {
                Vehicle = new VehicleOptions { Id = "truck-1", Jurisdiction = "cambridge-ma", Data = folder.Path },
                Uplink = new UplinkOptions { AckSeconds = 20, StatusSeconds = 0.2, DrainSeconds = 0.1 },
                // The recorded drive does not stop for it.
                Console = new ConsoleOptions { Port = port, LockAboveMps = 0 },
            },
            new AgentParts
            {
                Fixes = fixes,
                Connect = will => MqttPublisher.Start(
                    LinkTest.Options(proxy.Port, "truck-1") with { Will = will, Subscriptions = [Topic.AllDown("cambridge-ma", "truck-1")], UnsentBytes = 4 * 1024 }, TimeProvider.System),
            },
            NullLoggerFactory.Instance);
        var running = agent.RunAsync(stop.Token);
        await agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        fixes.Give(42.371, -71.111);
        await Eventually.TrueAsync(() => agent.Console.State().FixAgeSeconds is not null, "there is a fix");

        using var body = new ByteArrayContent(photo) { Headers = { ContentType = new MediaTypeHeaderValue(AttachmentType.Jpeg) } };
        using var saved = await http.PostAsync(new Uri("/console/attachments", UriKind.Relative), body);
        saved.EnsureSuccessStatusCode();
        var name = (await saved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sha256").GetString()!;
        Assert.Equal(Photo.Name(photo), name);
        using var done = await http.PostAsJsonAsync(
            new Uri("/console/actions", UriKind.Relative), new { id = "a1", kind = "fixedHere", service = "pothole", attachments = new[] { name } });
        done.EnsureSuccessStatusCode();

        await Eventually.TrueAsync(() => hub.Records.Values.Any(r => r.Action?.Id == "a1"), "the completion is at the hub");
        Assert.Equal([new AttachmentRef(name, AttachmentType.Jpeg, Length)], hub.Records.Values.Single(r => r.Action?.Id == "a1").Action!.Attachments!);
        Assert.Empty(hub.Files.Whole);
        Assert.Equal(Length, agent.Console.State().UnsentFileBytes);
        Assert.Equal(1, agent.Console.State().UnsentFiles);

        proxy.Slow(64_000 * 64, TimeSpan.FromMilliseconds(20));
        var cuts = 0;
        for (var next = 400_000; next < Length; next += 600_000)
        {
            await Eventually.TrueAsync(() => hub.Files.Pieces.Any(p => p.Offset >= next), $"{next} bytes are there", TimeSpan.FromMinutes(3));
            proxy.Cut(reset: cuts++ % 2 == 0);
        }

        await Eventually.TrueAsync(() => agent.Attachments.Waiting.Count == 0, "the vehicle dropped it", TimeSpan.FromMinutes(3));
        Assert.Equal(photo, hub.Files.Whole[name]);
        var carried = hub.Files.Pieces.Sum(p => (long)p.Bytes.Length);
        Assert.InRange(carried, Length, Length + (cuts * 2 * FileChunk.MaxBytes));
        Assert.True(cuts >= 4);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task The_console_says_why_a_file_is_not_taken()
    {
        var port = FreePort.Next();
        await using var vehicle = new TestVehicle(folder.Path, consolePort: port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await http.GetAsync(new Uri("/console/state", UriKind.Relative))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the console answers");
        Assert.Equal(415, await PostAsync("image/svg+xml", "<svg/>"u8.ToArray()));
        Assert.Equal(415, await PostAsync("application/json", "{}"u8.ToArray()));
        Assert.Equal(415, await PostAsync(AttachmentType.Png, Photo.Jpeg(100)));
        Assert.Equal(413, await PostAsync(AttachmentType.Jpeg, Photo.Jpeg(10 * 1024 * 1024 + 1)));
        Assert.Equal(400, await PostAsync(AttachmentType.Jpeg, []));
        Assert.Equal(200, await PostAsync(AttachmentType.Jpeg, Photo.Jpeg(100_000)));

        async Task<int> PostAsync(string type, byte[] bytes)
        {
            using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
            using var reply = await http.PostAsync(new Uri("/console/attachments", UriKind.Relative), content);
            return (int)reply.StatusCode;
        }
    }
}
