using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Bench.Ingest;
using ThreeOneOne.Field.Edge.Tests;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.Proxy;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Bench;

/// <summary>
/// A completion with a photo over a slow line that is cut every so often, with one kill of the hub and one restart of the
/// vehicle on the way; another completion is taken half-way.
/// </summary>
public sealed class PhotoBench : IBench
{
    private const string Truck = "truck-1";
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(200);

    public string Name => "photo";

    public string Purpose => "a photo over a slow line with cuts, a killed hub and a restarted vehicle (--bytes N --bits N --cuts N)";

    public async Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop)
    {
        var (bytes, bits, cuts) = (context.Number("bytes", 3_000_000), context.Number("bits", 64_000), context.Number("cuts", 8));
        await using var broker = await BenchBroker.StartAsync(durable: false);
        await using var hub = await HubUnderTest.StartAsync(context, broker, stop);
        await hub.RegisterAsync([Truck], stop);
        await using var proxy = FaultProxy.Start(broker.PlainPort);
        proxy.Slow(bits, RoundTrip);
        var photo = new byte[bytes];
        new Random(311).NextBytes(photo);
        new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }.CopyTo(photo, 0);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(photo));

        var vehicle = new Vehicle(Path.Combine(context.Scratch, "vehicle"), proxy.Port);
        await vehicle.SignOnAsync(stop);
        await vehicle.Agent.Attachments.SaveAsync(AttachmentType.Jpeg, new MemoryStream(photo), bytes, stop);
        var began = Stopwatch.GetTimestamp();
        var completion = await vehicle.CompleteAsync("with-photo", [sha256], stop);
        await context.Out.WriteLineAsync($"completion     acknowledged after {completion.TotalMilliseconds:N0} ms, {vehicle.Agent.Attachments.UnsentBytes:N0} bytes of its photo still here");
        var second = TimeSpan.Zero;
        for (var n = 1; n <= cuts; n++)
        {
            var at = (long)bytes * n / (cuts + 1);
            await Eventually.TrueAsync(() => Arrived(hub, sha256) >= at, $"{at} bytes have arrived", TimeSpan.FromSeconds(30 + (bytes * 16.0 / bits)));
            if (n == cuts / 3)
            {
                await hub.KillAsync();
                await hub.StartAgainAsync(stop);
                await context.Out.WriteLineAsync($"{Stopwatch.GetElapsedTime(began).TotalSeconds,6:N0} s  the hub was killed with {at:N0} bytes there");
            }
            else if (n == cuts / 2)
            {
                await vehicle.DisposeAsync();
                vehicle = new Vehicle(Path.Combine(context.Scratch, "vehicle"), proxy.Port);
                await context.Out.WriteLineAsync($"{Stopwatch.GetElapsedTime(began).TotalSeconds,6:N0} s  the vehicle was started again");
            }
            else
            {
                proxy.Cut(reset: n % 2 == 0);
                await context.Out.WriteLineAsync($"{Stopwatch.GetElapsedTime(began).TotalSeconds,6:N0} s  the line was cut");
            }

            if (n == cuts - 1)
            {
                second = await vehicle.CompleteAsync("without-photo", null, stop);
                await context.Out.WriteLineAsync($"completion     acknowledged after {second.TotalMilliseconds:N0} ms beside the photo");
            }
        }

        await Eventually.TrueAsync(() => vehicle.Agent.Attachments.Waiting.Count == 0, "the vehicle drops the photo", TimeSpan.FromSeconds(60 + (bytes * 16.0 / bits)));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var served = await hub.Client.GetByteArrayAsync(new Uri($"/api/attachments/{sha256}/original?reason=benchmark", UriKind.Relative), stop);
        var carried = proxy.Up.Bytes;
        await vehicle.DisposeAsync();
        await context.Out.WriteLineAsync($"photo          {bytes:N0} bytes in {seconds:N0} s ({bytes * 8 / seconds:N0} bit/s of {bits:N0}); {carried:N0} bytes on the line");
        return
        [
            ("whole", served.AsSpan().SequenceEqual(photo)),
            ("seconds", Math.Round(seconds)),
            ("line_share", Math.Round(bytes * 8 / seconds / bits, 2)),
            ("carried_per_byte", Math.Round((double)carried / bytes, 3)),
            ("completion_ms", Math.Round(completion.TotalMilliseconds)),
            ("completion_beside_ms", Math.Round(second.TotalMilliseconds)),
        ];
    }

    private static long Arrived(HubUnderTest hub, string sha256)
    {
        var folder = new DirectoryInfo(Path.Combine(hub.Folder, "attachments", sha256[..2]));
        return folder.Exists ? folder.GetFiles(sha256 + "*").Select(f => f.Length).DefaultIfEmpty().Max() : 0;
    }

    private sealed class Vehicle : IAsyncDisposable
    {
        private readonly ScriptedFixes fixes = new();
        private readonly CancellationTokenSource stop = new();
        private readonly Task running;

        public Vehicle(string data, int port)
        {
            Agent = new VehicleAgent(
                new AgentOptions { Vehicle = new VehicleOptions { Id = Truck, Jurisdiction = HubUnderTest.Jurisdiction, Data = data }, Uplink = new UplinkOptions { DrainSeconds = 0.1 } },
                new AgentParts
                {
                    Fixes = fixes,
                    Connect = will => MqttPublisher.Start(
                        new LinkOptions
                        {
                            Host = "127.0.0.1", Port = port, ClientId = Truck, Will = will, UnsentBytes = 4 * 1024,
                            Subscriptions = [Topic.AllDown(HubUnderTest.Jurisdiction, Truck)],
                        }, TimeProvider.System),
                }, NullLoggerFactory.Instance);
            running = Agent.RunAsync(stop.Token);
        }

        public VehicleAgent Agent { get; }

        public async Task SignOnAsync(CancellationToken cancel)
        {
            await Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, cancel);
            await Eventually.TrueAsync(() => Agent.Console.State().Connected, "the vehicle connects", TimeSpan.FromSeconds(30));
        }

        public async Task<TimeSpan> CompleteAsync(string id, string[]? photos, CancellationToken cancel)
        {
            fixes.Give(42.371, -71.111);
            await Eventually.TrueAsync(() => Agent.Console.State().FixAgeSeconds < 10, "there is a fix");
            var began = Stopwatch.GetTimestamp();
            var record = await Agent.Actions.TakeAsync(new ActionRequest { Id = id, Kind = CrewActionKind.FixedHere, Service = "pothole", Attachments = photos }, cancel);
            await Eventually.TrueAsync(() => !Agent.Outbox.IsWaiting(record), "the hub has the completion", TimeSpan.FromSeconds(60));
            return Stopwatch.GetElapsedTime(began);
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            await Agent.DisposeAsync();
            stop.Dispose();
        }
    }
}
