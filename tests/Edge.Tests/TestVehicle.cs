using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Tracks;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Edge.Tests.Uplink;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests;

/// <summary>A whole vehicle on a recording link, running until disposed.</summary>
internal sealed class TestVehicle : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public TestVehicle(string data, VehicleKind kind = VehicleKind.Crewed, int consolePort = 0, SensingCity? city = null, bool acknowledges = true, IAccelerometerSource? motion = null, string pageFolder = "", IButtonSource? button = null, ButtonOptions? buttonOptions = null, IIgnitionSource? ignition = null, IgnitionOptions? ignitionOptions = null, LogRing? log = null, string[]? identity = null, string? identityFolder = null)
    {
        Link.Acknowledges = acknowledges;
        var options = new AgentOptions
        {
            Vehicle = new VehicleOptions { Id = "truck-1", Jurisdiction = "cambridge-ma", Kind = kind, Data = data },
            Outbox = new OutboxOptions { GroupSeconds = 0.02 },
            Tracks = new TracksOptions { Seconds = 0.5 },
            Uplink = new UplinkOptions { LiveIntervalMs = 50, AckSeconds = 0.3, StatusSeconds = 0.1, DrainSeconds = 0.3 },
            WorkOrders = new WorkOrdersOptions { DwellSeconds = 3 },
            Console = new Agent.Console.ConsoleOptions { Port = consolePort, PageFolder = pageFolder, UnlockSeconds = 0.2, SpeakProgram = "/bin/cat" },
            Button = buttonOptions ?? new ButtonOptions(),
            Ignition = ignitionOptions ?? new IgnitionOptions(),
        };
        Agent = new VehicleAgent(
            options,
            new AgentParts
            {
                Fixes = Fixes,
                Motion = motion,
                Button = button,
                Ignition = ignition,
                Log = log,
                IdentityFiles = identity ?? [],
                IdentityFolders = identityFolder is null ? [] : [identityFolder],
                City = city ?? new SensingCity(null, null),
                Connect = will =>
                {
                    Will = will;
                    return Link;
                },
            },
            NullLoggerFactory.Instance);
        running = Agent.RunAsync(stop.Token);
        Link.Connect(true);
    }

    public VehicleAgent Agent { get; }

    /// <summary>Ends when the vehicle has ended.</summary>
    public Task Running => running;

    public RecordingPublisher Link { get; } = new();

    public ScriptedFixes Fixes { get; } = new();

    public WillMessage? Will { get; private set; }

    public static OrderCopy Order(string id, double lat, double lon, string state = "assigned") => new()
    {
        Id = id,
        Number = $"WO-26-{id}",
        Service = "pothole",
        Title = "Pothole",
        At = new GeoPoint(lat, lon),
        Priority = 2,
        State = state,
    };

    public static OrdersState Orders(long version, params OrderCopy[] orders) => new() { StateVersion = version, Crew = "crew-1", Orders = orders };

    public void ReceiveOrders(long version, params OrderCopy[] orders) =>
        Link.Receive(Lane.Orders, Orders(version, orders), WireJson.Default.OrdersState);

    /// <summary>The hub gives a command.</summary>
    public void Give(string kind, string id, params (string Name, string Value)[] arguments) => Link.Receive(
        Lane.Command,
        new Command { Id = id, Kind = kind, Expires = TimeProvider.System.GetUtcNow().AddHours(1), Arguments = arguments.ToDictionary(a => a.Name, a => a.Value) },
        WireJson.Default.Command);

    /// <summary>Waits for what became of a command.</summary>
    public async Task<CommandResult> ResultAsync(string id)
    {
        CommandResult? result = null;
        await Support.Eventually.TrueAsync(() => (result = Link.Records.FirstOrDefault(r => r.Result?.Id == id)?.Result) is not null, $"{id} is answered");
        return result!;
    }

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
        await Agent.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!stop.IsCancellationRequested) await StopAsync();
        stop.Dispose();
    }
}
