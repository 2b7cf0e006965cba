using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Crews;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary><c>field-fleet demo</c>: a hub, a city, a fleet, and at the end one line of figures.</summary>
public sealed class FleetDemo(DemoOptions options, TimeProvider time, TextWriter output)
{
    public const string Jurisdiction = "cambridge-ma";

    // What crews pass on their way to a job is mapped, too, metres from where patrols drive.
    private const double StructuresM = 400;

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LiveLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private Children? _children;

    /// <summary>The second Ctrl-C: everything ends now.</summary>
    public void Kill() => _children?.KillAll();

    /// <param name="stop">The first Ctrl-C: drains and ends in order.</param>
    /// <exception cref="SetupException">It cannot start on this machine or with these options.</exception>
    /// <exception cref="InvalidDataException">Something failed; the message is for a person.</exception>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        // What is wrong with the options is said before anything is touched.
        var world = new World(CityMap.Load(options.City), options.Seed);
        var folder = new DemoFolder(options.Data);
        var children = _children = new Children(folder.Children);
        if (children.EndOrphans() is > 0 and var ended) Say($"Ended {ended} programs of a run that was killed");
        Say($"Seed {options.Seed}, {options.Vehicles} vehicles, simulated time runs {options.Speed.ToString(CultureInfo.InvariantCulture)} times as fast");
        folder.KeepTo(options.Storage);
        var hub = new HubProcess(options, folder, children, options.Storage == DemoOptions.Postgres ? new DemoDatabase(folder, children, time) : null, time);
        using var api = new HubApi(hub.Address);
        try
        {
            await hub.StartAsync(api, stop).ConfigureAwait(false);
            var history = folder.ReadHistory();
            Say(history.Runs == 0 ? "The hub is up" : $"The hub is up; run {history.Runs + 1} on this data");
            // Counted at once: a run that is killed was a run.
            folder.WriteHistory(history with { Runs = history.Runs + 1 });
            var clocks = new DemoClocks(time, world.City.Plane.Origin, options.Speed, options.For, history);
            await using var fleet = new DemoFleet(options, folder, world, clocks, history, time);
            if (history.Runs == 0) await ImportStructuresAsync(fleet, api, stop).ConfigureAwait(false);
            var figures = await WithFleetAsync(fleet, folder, hub, api, children, stop).ConfigureAwait(false);
            await hub.EndAsync().ConfigureAwait(false);
            children.Forget();
            if (figures is null) return 0;
            await output.WriteLineAsync(figures.ToJson()).ConfigureAwait(false);
            return figures.Lost + figures.Duplicated == 0 ? 0 : 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await hub.EndAsync().ConfigureAwait(false);
            return 0;
        }
        catch
        {
            children.KillAll();
            throw;
        }
    }

    // What any city IT would do on the first day: lids that the hub knows of are not taken for holes.
    private async Task ImportStructuresAsync(DemoFleet fleet, HubApi api, CancellationToken stop)
    {
        var (world, nodes) = (fleet.World, fleet.World.City.Graph.Nodes);
        var driven = fleet.Patrols.SelectMany(p => p.Loop).Select(e => nodes[e.From]).ToList();
        var lanes = world.City.Graph.Edges.Where(e => driven.Any(d => d.DistanceTo(nodes[e.From]) < StructuresM));
        var file = new StringBuilder("id,kind,Latitude,Longitude\n");
        var id = 0;
        foreach (var (kind, at) in StructureMap.Of(world.Road, lanes, options.Seed))
        {
            var place = world.City.Plane.ToGeo(at);
            file.Append(CultureInfo.InvariantCulture, $"{++id},{(kind == PieceKind.Casting ? "casting" : "hump")},{place.Latitude:0.000000},{place.Longitude:0.000000}\n");
        }

        await api.PostTextAsync("api/imports/road-structures?name=simulated-structures.csv", file.ToString(), stop).ConfigureAwait(false);
        Say(string.Create(CultureInfo.InvariantCulture, $"The hub has the map of {id:N0} castings and humps in these streets"));
    }

    private async Task<Figures?> WithFleetAsync(DemoFleet fleet, DemoFolder folder, HubProcess hub, HubApi api, Children children, CancellationToken stop)
    {
        using var logs = LoggerFactory.Create(b => b.AddProvider(new FileLog(folder.Log("fleet"), time)).SetMinimumLevel(LogLevel.Warning));
        using var feed = new FeedWatch(hub.Address, hub.Key, time);
        using var stopWatching = new CancellationTokenSource();
        feed.Know((await api.RequestsAsync(stop).ConfigureAwait(false)).Select(r => HubApi.Text(r, "number")!));
        var watching = feed.RunAsync(stopWatching.Token);
        long began = 0;
        try
        {
            await fleet.StartAsync(api, children, logs, stop).ConfigureAwait(false);
            Say($"{fleet.Plan.Count} vehicles are enrolled and start, {fleet.Processes.Count} of them as processes of their own");
            await WaitAsync(() => fleet.Shifts.On == fleet.Shifts.All, TimeSpan.FromSeconds(12), stop).ConfigureAwait(false);
            Say($"{fleet.Shifts.On} of {fleet.Shifts.All} crews have signed on; the vehicles drive");
            fleet.Drive();
            await feed.Live.WaitAsync(LiveLimit, time, stop).ConfigureAwait(false);
            began = time.GetTimestamp();
            await InviteAsync(api, fleet, stop).ConfigureAwait(false);
            await LiveAsync(fleet, hub, api, feed, began, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ctrl-C: the same end as after the time that was asked for.
        }
        catch (TimeoutException e)
        {
            throw new InvalidDataException($"No vehicle appeared on the live feed within {LiveLimit.TotalSeconds:0} s (see {folder.Log("hub")} and {folder.Log("fleet")})", e);
        }

        if (fleet.Fault is { } fault) throw new InvalidDataException("The simulation failed: " + fault, fault);
        Say("Draining");
        var seconds = began == 0 ? 0 : time.GetElapsedTime(began).TotalSeconds;
        var drainBegan = time.GetTimestamp();
        await fleet.EndAsync().ConfigureAwait(false);
        folder.WriteHistory(fleet.History);
        if (began == 0) return null;
        var reckoning = new Reckoning(folder, api, time);
        var left = Drain - time.GetElapsedTime(drainBegan);
        await reckoning.CompareAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        foreach (var (vehicle, lost) in reckoning.Missing) Say($"{vehicle}: {lost} records are not at the hub");
        var figures = await FigureAsync(fleet, api, feed, reckoning, seconds).ConfigureAwait(false);
        await stopWatching.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        return figures;
    }

    private async Task LiveAsync(DemoFleet fleet, HubProcess hub, HubApi api, FeedWatch feed, long began, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (options.For is { } length) end.CancelAfter(length);
        using var reviewer = new Reviewer(api, feed, hub.Address, options.For is null, time);
        var reviewing = reviewer.RunAsync(end.Token);
        var dispatching = new Dispatcher(api, feed, fleet.Crews, fleet.World.City.Plane, options.For is null, time).RunAsync(end.Token);
        var killing = KillOneAsync(fleet, end.Token);
        try
        {
            using var timer = new PeriodicTimer(Between, time);
            while (await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false))
            {
                Say(Progress(fleet, feed, time.GetElapsedTime(began)));
                if (hub.HasExited) throw new InvalidDataException($"The hub ended: {hub.LastWords}");
                if (fleet.Processes.FirstOrDefault(p => p.EndedByItself) is { } ended) throw new InvalidDataException($"The agent of {ended.Plan.Name} ended: {ended.LastWords}");
                if (fleet.Fault is not null) return;
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up, or Ctrl-C.
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(reviewing, dispatching, killing).ConfigureAwait(false);
        }
    }

    // What a power cut does to a vehicle: what it had on disk must arrive all the same.
    private async Task KillOneAsync(DemoFleet fleet, CancellationToken stop)
    {
        try
        {
            var victim = fleet.Processes[2];
            await Task.Delay((options.For ?? TimeSpan.FromSeconds(60)) * 0.4, time, stop).ConfigureAwait(false);
            await victim.KillAsync(CancellationToken.None).ConfigureAwait(false);
            Say($"{victim.Plan.Name}: killed (SIGKILL); comes back in a moment");
            await Task.Delay(TimeSpan.FromSeconds(2), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            victim.Start();
        }
        catch (OperationCanceledException)
        {
            // The run was shorter.
        }
    }

    private async Task InviteAsync(HubApi api, DemoFleet fleet, CancellationToken stop)
    {
        var dispatcher = await LinkAsync(api, "Demo dispatcher", "dispatcher", stop).ConfigureAwait(false);
        var cityIt = await LinkAsync(api, "Demo city IT", "city-it", stop).ConfigureAwait(false);
        Say("");
        Say($"Live at http://localhost:{options.Port}");
        Say($"Sign in once as dispatcher: {dispatcher}");
        Say($"City IT: {cityIt}");
        // One that nobody kills, with a crew that works.
        if (fleet.Processes.FirstOrDefault(p => p is { Screen: not null, Plan.Role: VehicleRole.Fed } && p != fleet.Processes[2]) is { } unit)
            Say($"Crew's screen on {unit.Plan.Name}, whose crew works by itself: {unit.Screen}");
        Say(options.For is { } length ? $"Ends by itself in {length.TotalSeconds:0} s; Ctrl-C ends it in order before" : "Ctrl-C ends it in order, twice at once");
        Say("");
    }

    // A one-time link: who opens it first is signed in.
    private async Task<string> LinkAsync(HubApi api, string name, string role, CancellationToken stop)
    {
        var link = await api.PostAsync("api/people", new { name, role }, stop).ConfigureAwait(false);
        return $"http://localhost:{options.Port}{HubApi.Text(link ?? default, "link")}";
    }

    private static string Progress(DemoFleet fleet, FeedWatch feed, TimeSpan since)
    {
        var requests = feed.Requests;
        var open = requests.Where(r => HubApi.Text(r, "status") == "open").ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"{since:mm\\:ss}  {feed.UnitsOnline} of {fleet.Plan.Count} units online · requests open {open.Count} (street lights {open.Count(r => HubApi.Text(r, "service") == FleetPlan.Lamps)}, potholes {open.Count(r => HubApi.Text(r, "service") == FleetPlan.Potholes)}), withdrawn {requests.Count(r => HubApi.Text(r, "status") == "withdrawn")}, in review {open.Count(r => HubApi.Text(r, "stage") is "review" or "held")} · work orders open {feed.Orders.Count(o => HubApi.Text(o, "state") is not ("field-complete" or "reviewed" or "temporary-repair" or "could-not-complete" or "cancelled"))}, closed {Closed(feed)} · feed {feed.FeedMs.At(0.5):0} ms");
    }

    private static int Closed(FeedWatch feed) => feed.Orders.Count(o => HubApi.Text(o, "state") == "field-complete");

    private async Task<Figures> FigureAsync(DemoFleet fleet, HubApi api, FeedWatch feed, Reckoning reckoning, double seconds)
    {
        var counts = await api.GetAsync("api/figures", CancellationToken.None).ConfigureAwait(false);
        var sites = (await api.GetAsync("api/sites", CancellationToken.None).ConfigureAwait(false)).GetProperty("figures");
        var requests = await api.SensorRequestsAsync(CancellationToken.None).ConfigureAwait(false);
        var real = fleet.Plan.Where(p => p.IsProcess).Select(p => p.Id).ToHashSet();
        return new Figures
        {
            Vehicles = fleet.Plan.Count,
            Readings = Number(counts, "readings"),
            Observations = Number(counts, "observations"),
            Sites = Number(sites, "lamps") + Number(sites, "potholes"),
            RequestsOpened = feed.Opened,
            WorkOrdersClosed = Closed(feed),
            Lost = reckoning.Lost,
            Duplicated = reckoning.Duplicated,
            Foreign = reckoning.Foreign,
            TicketMs = feed.TicketMs,
            FeedMs = feed.FeedMs,
            Score = Score.Of(fleet.Plants, fleet.World.City.Plane, requests, FleetPlan.LuxVehicle, real),
            AgentProcesses = fleet.Processes.Count,
            AgentsKilled = fleet.Processes.Sum(p => p.Killed),
            Speed = options.Speed,
            Seconds = seconds,
            Seed = options.Seed,
        };
    }

    private static long Number(System.Text.Json.JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : 0;

    private async Task WaitAsync(Func<bool> condition, TimeSpan longest, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        while (!condition() && time.GetElapsedTime(began) < longest) await Task.Delay(TimeSpan.FromMilliseconds(50), time, stop).ConfigureAwait(false);
    }

    private void Say(string text)
    {
        lock (output)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }
}
