using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>A vehicle's agent in this process: the same composition as the program's, with simulated sources.</summary>
public sealed class FleetAgent : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public FleetAgent(VehiclePlan plan, Enrolled enrolled, DemoFolder folder, SensingCity city, ILoggerFactory logs, TimeProvider time)
    {
        var clock = new DeviceClock(time);
        Feed = new InProcessFeed(clock);
        var options = new AgentOptions
        {
            Vehicle = new VehicleOptions
            {
                Id = plan.Id,
                Jurisdiction = FleetDemo.Jurisdiction,
                Kind = plan.Crewed ? VehicleKind.Crewed : VehicleKind.SensorOnly,
                Data = Path.Combine(folder.Vehicle(plan.Id), "data"),
            },
            Outbox = new OutboxOptions { AppendLog = folder.AppendLog(plan.Id) },
            // What is not at the hub at the end counts as lost, on a busy computer too.
            Uplink = new UplinkOptions { DrainSeconds = DemoOptions.DrainSeconds },
        };
        var parts = new AgentParts
        {
            Fixes = Feed.Fixes,
            Motion = Feed.Accelerometer,
            Light = Feed.Lux,
            City = city,
            Clock = clock,
            Time = time,
            Seed = plan.Seed,
            Connect = will => MqttPublisher.Start(
                new LinkOptions
                {
                    Host = enrolled.Host,
                    Port = enrolled.Port,
                    ClientId = plan.Id,
                    Tls = new TlsOptions(enrolled.CaFile, enrolled.CertificateFile, enrolled.KeyFile),
                    Subscriptions = [Topic.AllDown(FleetDemo.Jurisdiction, plan.Id)],
                    Will = will,
                    UnsentBytes = 4 * 1024,
                },
                time),
        };
        Agent = new VehicleAgent(options, parts, logs);
    }

    public VehicleAgent Agent { get; }

    public InProcessFeed Feed { get; }

    public void Start() => _running = Task.Run(() => Agent.RunAsync(_stop.Token));

    /// <summary>Stops sensing, sends what is on disk, says goodbye.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        await Agent.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
