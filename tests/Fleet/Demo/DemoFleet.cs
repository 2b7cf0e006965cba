using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Crews;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>All vehicles of a run: the processes, the agents in this process, their drivers and crews.</summary>
public sealed class DemoFleet : IAsyncDisposable
{
    private readonly DemoOptions _options;
    private readonly DemoFolder _folder;
    private readonly DemoHistory _history;
    private readonly TimeProvider _time;
    private readonly List<AgentProcess> _processes = [];
    private readonly List<FleetAgent> _agents = [];
    private readonly List<TcpFeed> _feeds = [];
    private readonly List<SimulatedVehicle> _vehicles = [];
    private readonly List<CrewBot> _bots = [];
    private readonly List<(VehiclePlan, SimulatedVehicle)> _crews = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _stopDriving = new();
    private readonly CancellationTokenSource _stopCrews = new();
    private SimulationLoop? _loop;

    public DemoFleet(DemoOptions options, DemoFolder folder, World world, DemoClocks clocks, DemoHistory history, TimeProvider time)
    {
        (_options, _folder, World, Clocks, _history, _time) = (options, folder, world, clocks, history, time);
        Plan = FleetPlan.Make(options.Vehicles, options.Seed);
        Patrols = Districts.Patrols(world.City, world.Router, FleetPlan.Patrols(options.Vehicles), options.Seed);
        var planting = new PlantingOptions
        {
            Seed = options.Seed,
            RepairLoops = FleetPlan.Busiest(Plan),
            LampsOutFrom = clocks.Night.Start,
            // Between the night and the day that are driven: the night's vehicles feel the hole, the day's do not.
            RepairsAt = clocks.Day.Start - TimeSpan.FromMinutes(1),
        };
        Plants = Plants.Plant(world.City, world.Road, world.Lighting, [.. Patrols.Select(p => p.Loop)], planting.For(Patrols.Count));
        Plants.Remember(history.Relit, history.Filled, clocks.MendedFrom);
    }

    public World World { get; }

    public DemoClocks Clocks { get; }

    public IReadOnlyList<VehiclePlan> Plan { get; }

    public IReadOnlyList<Patrol> Patrols { get; }

    public Plants Plants { get; }

    /// <summary>What the next run on the same data must know.</summary>
    public DemoHistory History => new()
    {
        Runs = _history.Runs + 1, Day = Clocks.Day.Now, Night = Clocks.Night.Now, Relit = Plants.Mended.Relit, Filled = Plants.Mended.Filled,
    };

    public IReadOnlyList<AgentProcess> Processes => _processes;

    public IReadOnlyList<(VehiclePlan Plan, SimulatedVehicle Vehicle)> Crews => _crews;

    /// <summary>Why driving failed; null while it has not.</summary>
    public Exception? Fault => _loop?.Fault;

    /// <summary>Starts every agent; nothing drives yet, except in recordings.</summary>
    public async Task StartAsync(HubApi api, Children children, ILoggerFactory logs, CancellationToken stop)
    {
        var enrolment = new Enrolment(_folder, api);
        var city = SensingCity.Load(new CityOptions
        {
            PolesFile = Path.Combine(_options.City, "street-lights.geojson"),
            StreetsFile = Path.Combine(_options.City, "centerlines.geojson"),
        });
        // Driven while the vehicles enrol and the processes come up.
        var nights = _history.Runs == 0
            ? NightsBefore.SeenAsync(World, Plan, Patrols, city, Clocks.Night.Start)
            : Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<Observation>>>(new Dictionary<string, IReadOnlyList<Observation>>());
        // The processes first: they take longest to come up.
        foreach (var plan in Plan.Where(p => p.IsProcess))
            StartProcess(plan, await enrolment.EnrolAsync(plan, stop).ConfigureAwait(false), children);
        var enrolled = new ConcurrentDictionary<string, Enrolled>();
        await Parallel.ForEachAsync(Plan.Where(p => !p.IsProcess), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = stop },
            async (plan, cancel) => enrolled[plan.Id] = await enrolment.EnrolAsync(plan, cancel).ConfigureAwait(false)).ConfigureAwait(false);
        var before = await nights.ConfigureAwait(false);
        foreach (var plan in Plan.Where(p => !p.IsProcess)) await StartAgentAsync(plan, enrolled[plan.Id], city, logs, before.GetValueOrDefault(plan.Id, []), stop).ConfigureAwait(false);

        foreach (var bot in _bots) _running.Add(bot.RunAsync(_stopCrews.Token));
    }

    /// <summary>Crews that are on shift, of all.</summary>
    public (int On, int All) Shifts => (_bots.Count(b => b.OnShift), _bots.Count);

    public void Drive()
    {
        Clocks.Begin();
        _loop = new SimulationLoop(_vehicles, _time);
        _running.Add(Task.Run(() => _loop.RunAsync(_stopDriving.Token)));
    }

    /// <summary>Driving and sensing end; crews sign off; every agent sends what it has and goes.</summary>
    public async Task EndAsync()
    {
        Clocks.Stop();
        await _stopCrews.CancelAsync().ConfigureAwait(false);
        await _stopDriving.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running).ConfigureAwait(false);
        _running.Clear();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(3), _time);
        try
        {
            await Task.WhenAll(_bots.Select(b => b.SignOffAsync(soon.Token))).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whose screen doesn't answer stays signed on, as a crew that walks away does.
        }

        await Task.WhenAll(_agents.Select(a => a.EndAsync()).Concat(_processes.Select(p => p.EndAsync()))).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopCrews.CancelAsync().ConfigureAwait(false);
        await _stopDriving.CancelAsync().ConfigureAwait(false);
        foreach (var agent in _agents) await agent.DisposeAsync().ConfigureAwait(false);
        foreach (var feed in _feeds) await feed.DisposeAsync().ConfigureAwait(false);
        _stopCrews.Dispose();
        _stopDriving.Dispose();
    }

    private async Task StartAgentAsync(
        VehiclePlan plan, Enrolled enrolled, SensingCity city, ILoggerFactory logs, IReadOnlyList<Observation> before, CancellationToken stop)
    {
        var agent = new FleetAgent(plan, enrolled, _folder, city, logs, _time);
        _agents.Add(agent);
        foreach (var observation in before) await agent.Agent.Observations.AcceptAsync(observation, stop).ConfigureAwait(false);
        agent.Start();
        Board(plan, new AgentScreen(agent.Agent.Console), Simulate(plan, agent.Feed));
    }

    private void StartProcess(VehiclePlan plan, Enrolled enrolled, Children children)
    {
        var agent = new AgentProcess(plan, _options, _folder, children);
        _processes.Add(agent);
        var console = plan.Crewed ? FreePort.Next() : 0;
        SimulatedVehicle? vehicle = null;
        if (plan.Role == VehicleRole.Fed)
        {
            var feed = new TcpFeed();
            _feeds.Add(feed);
            agent.Configure(enrolled, console, AgentSources.Fed(feed));
            vehicle = Simulate(plan, feed);
        }
        else
        {
            _running.Add(new RecordedDrive(agent, new PassPlan(plan.Role, Clocks, _options.Speed, _time), _time).StartAsync(
                sources => agent.Configure(enrolled, console, sources), _stopDriving.Token));
        }

        if (plan.Role == VehicleRole.Fed) agent.Start();
        if (plan.Crewed) Board(plan, new HttpScreen(console), vehicle);
    }

    private SimulatedVehicle Simulate(VehiclePlan plan, ISensorFeed feed)
    {
        var chance = RoadSurface.HashCode(plan.Seed, _history.Runs, 62);
        var vehicle = new SimulatedVehicle(plan.Id, plan.Night ? Clocks.Night : Clocks.Day, World,
            World.Drive(Patrols[plan.Patrol], plan.StartShare, chance), feed, chance);
        _vehicles.Add(vehicle);
        return vehicle;
    }

    private void Board(VehiclePlan plan, ICrewScreen screen, SimulatedVehicle? vehicle)
    {
        if (!plan.Crewed) return;
        _bots.Add(new CrewBot(plan.CrewId, Enrolment.Members(plan), screen, vehicle, World.City.Plane, Plants, () => Clocks.MendedFrom, new Random(plan.Seed), _time));
        if (vehicle is not null) _crews.Add((plan, vehicle));
    }
}
