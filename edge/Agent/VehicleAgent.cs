using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Console;
using ThreeOneOne.Field.Agent.Hazards;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Profile;
using ThreeOneOne.Field.Agent.Sealing;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.Tracks;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <summary>
/// One vehicle: its sources, sensing, outbox, lanes and work orders, composed. Holds no static state, so that a process
/// can run one vehicle or hundreds.
/// </summary>
public sealed partial class VehicleAgent : IAsyncDisposable
{
    private const int FixesAhead = 256;

    private readonly AgentOptions options;
    private readonly AgentParts parts;
    private readonly ILoggerFactory logs;
    private readonly ILogger log;
    private readonly DataKey? key;
    private readonly IPublisher publisher;
    private readonly ClockKeeper keeper;
    private readonly SensingPipeline sensing;
    private readonly RoadHours roadHours;
    private readonly TrackCollector tracks;
    private readonly Arrival arrival;
    private readonly ProfileStore profile;
    private readonly HazardBook hazards;
    private readonly Lamp lamp;
    // Unix milliseconds since when the broker is not reached; 0 while it is.
    private long cutSinceMs;
    private readonly Dictionary<string, Func<SourceHealth>> sourceHealths;
    private long committed;
    private long acknowledged;
    private readonly ButtonDesk button;
    private readonly LiveLane live;
    private readonly DurableLane durable;
    private readonly FileLane files;
    private readonly StatusBoard status;
    private readonly CommandDesk commands;
    private readonly AccelerometerTap? motion;
    private readonly Stillness stillness = new();
    private readonly LuxTap? light;
    private readonly LogKeeper? logLines;
    private readonly WipeKeeper wipe;
    private readonly CancellationTokenSource careEnds = new();
    private readonly Downlink downlink;
    private readonly PowerKeeper power;
    private readonly CancellationTokenSource powerEnds = new();

    /// <summary>Opens the vehicle's data folder and its session; nothing runs before <see cref="RunAsync"/>.</summary>
    /// <exception cref="IOException">The data folder cannot be used, or another process uses it.</exception>
    public VehicleAgent(AgentOptions options, AgentParts parts, ILoggerFactory logs)
    {
        this.options = options;
        this.parts = parts;
        this.logs = logs;
        log = logs.CreateLogger<VehicleAgent>();
        var vehicle = options.Vehicle;
        string DataFile(string name) => Path.Combine(vehicle.Data, name);
        Topic TopicOf(Lane lane) => new(vehicle.Jurisdiction, vehicle.Id, lane);

        if (Wiping.Fault(vehicle.Data) is { } beingWiped) throw new IOException(beingWiped);
        var keyFile = new DataKeyFile(vehicle.Data, options.Sealing, parts.Credentials);
        key = keyFile.Open(log);
        StateFile State(string name) => new(DataFile(name), key);

        motion = parts.Motion is { } accelerometer ? new AccelerometerTap(accelerometer) : null;
        if (motion is not null) motion.Heard += stillness.Hear;
        light = parts.Light is { } sensor ? new LuxTap(sensor) : null;
        Clock = parts.Clock ?? new DeviceClock(parts.Time, options: options.Clock);
        Outbox = DiskOutbox.Open(DataFile("outbox"), options.Outbox, log, key);
        keeper = new ClockKeeper(options.Clock, DataFile("clock.json"), Clock, Outbox, log);
        Gate = new ShiftGate(vehicle.Kind);
        Shift = new ShiftDesk(Gate, State("shift.json"), Outbox, Clock);
        Observations = new GatedObservations(Gate, Outbox);
        sensing = new SensingPipeline(options.Sensing, parts.City, vehicle.Kind, Clock, Observations, logs,
            new Surroundings(() => parts.Equipment?.Works is true, RoadAt));
        var receiver = new ReceiverMemory(State("receiver.json"), log);
        if (receiver.Read() is { } lag) sensing.Begin(lag);
        sensing.LagLearned += receiver.Keep;
        roadHours = new RoadHours(State(RoadHours.FileName), log);
        tracks = new TrackCollector(options.Tracks, Gate, Outbox, Clock);
        Orders = new OrderBook(State, options.WorkOrders, Gate, Outbox, Clock);
        Attachments = new AttachmentStore(DataFile("attachments"), options.Attachments, Clock, log, key?.For("attachments"));
        Actions = new ActionDesk(options.WorkOrders, Gate, Orders, Fixes, Outbox, Attachments.Claim, Clock, log);
        arrival = new Arrival(options.WorkOrders, Gate, Orders, Actions, parts.City.Streets, () => power?.IsOn, log);
        profile = new ProfileStore(State("profile.json"));
        hazards = new HazardBook(State("hazards.json"), Actions, Outbox, Clock);

        if (key is { IsOnly: false })
        {
            foreach (var name in new[] { "shift.json", "orders.json", "actions.json", "profile.json", "hazards.json" }) State(name).SealNow();
            keyFile.NoteOnly(key);
        }

        publisher = parts.Connect(StatusBoard.Will(TopicOf(Lane.Status)));
        live = new LiveLane(options.Uplink, TopicOf(Lane.Live), publisher, Gate, Clock, PlaceToSay, DetailToSay);
        durable = new DurableLane(options.Uplink, TopicOf(Lane.Up), publisher, Outbox, Clock, new Random(parts.Seed), log);
        files = new FileLane(options.Uplink, TopicOf(Lane.File), publisher, Attachments, () => durable.IsBusy, Clock, new Random(parts.Seed), log);
        power = new PowerKeeper(options.Ignition, () => publisher.IsConnected && (Outbox.Counts.Records > 0 || Attachments.UnsentBytes > 0), powerEnds.Cancel, parts.Time, log);
        status = new StatusBoard(options.Uplink, TopicOf(Lane.Status), publisher, Gate, Outbox, Clock, () => power.IsOn, () => Attachments.UnsentBytes, Outlook,
            () => new HeldState(Orders.Version, Orders.Era, Orders.Shown, profile.Version, profile.Era, hazards.Version, hazards.Era, parts.DeviceProfile?.Report));
        logLines = parts.Log is { } ring ? new LogKeeper(ring, State("last-log")) : null;
        wipe = new WipeKeeper(State("wipe.json"), Outbox, Attachments, Clock, parts.Time, CloseAsync,
            new Wiping(vehicle.Data), WipeTargets(keyFile), () => End(0), log);
        var care = new CareDesk(logLines, new RawCapture(Gate, Clock, parts.Time, motion, light, Fixes), wipe, Attachments, Clock, AboutSelf, () => End(VehicleRun.StartAgain));
        commands = new CommandDesk(DataFile("commands.json"), Clock, Outbox, new Dictionary<string, Func<Command, string?>>
        {
            ["identify"] = c => Blink(c),
            ["blink"] = c => Blink(c),
            ["resend"] = _ =>
            {
                durable.ResendAll();
                return null;
            },
            ["status"] = _ =>
            {
                status.Changed();
                return null;
            },
        }, care.Commands, wipe.Carries, log);
        downlink = new Downlink(publisher, TopicOf(Lane.Status), TakeAck, TakeOrders, TakeProfile, TakeHazards, files.OnState, commands.TakeAsync, TakeDeviceProfile, log);
        lamp = new Lamp(options.Button.Lamp, parts.Time);
        sourceHealths = SourceHealths();
        Health = new HealthReporter(options.Health, vehicle.Data, Outbox, Clock, sourceHealths, () => power.IsOn, () => power.Volts,
            RoadToSay, ReceiverLagToSay);
        Console = new ConsoleDesk(options.Console, vehicle, Gate, Shift, Orders, Actions, arrival, Fixes, Outbox, Attachments, profile, hazards,
            new SignOn(DataFile("sign-on"), Clock), Clock,
            new ConsoleSights(() => publisher.IsConnected, CutSince, Outlook, () => sensing.LatestLux));
        cutSinceMs = Clock.Now.ToUnixTimeMilliseconds();

        button = new ButtonDesk(options.Button, Gate, Orders, Actions, arrival, Fixes, () => Console.IsLocked, ChangeShiftAsync, lamp, parts.Time, log);
        Console.OrdersShown += status.Changed;
        power.Changed += status.Changed;
        power.Changed += Health.ReportSoon;
        Shift.Changed += Console.Changes.Raise;
        Actions.Saved += Console.Changes.Raise;
        Attachments.Ready += Console.Changes.Raise;
        Shift.Changed += tracks.CloseNow;
        Shift.Changed += status.Changed;
        if (parts.DeviceProfile is { } device) device.Changed += status.Changed;
        Outbox.Ready += () => Interlocked.Increment(ref committed);
        Fixes.Subscribe(keeper.Heard);
        Fixes.Subscribe(tracks.Add);
        Fixes.Subscribe(live.Offer);
        Fixes.Subscribe(Console.Hear);
    }

    public DeviceClock Clock { get; }

    public FixFeed Fixes { get; } = new();

    public DiskOutbox Outbox { get; }

    public ShiftGate Gate { get; }

    public ShiftDesk Shift { get; }

    public OrderBook Orders { get; }

    public ActionDesk Actions { get; }

    /// <summary>Photos, voice notes and signatures until the hub has them.</summary>
    public AttachmentStore Attachments { get; }

    public GatedObservations Observations { get; }

    public HealthReporter Health { get; }

    /// <summary>True when the vehicle ended because its ignition was off, and the computer is to be turned off.</summary>
    public bool PowersOff => power.State == PowerState.Ending;

    /// <summary>What the program ends with: 0, or 75 when it was told to start again.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Records that the durable lane has sent since the start, and how many of those again.</summary>
    public (long Sent, long Resent) Sent => durable.Figures;

    /// <summary>What a change is judged by, of this run.</summary>
    public TrialSigns Signs => new(
        publisher.IsConnected, Interlocked.Read(ref acknowledged) > 0, Interlocked.Read(ref committed) > 0,
        sourceHealths.ToDictionary(s => s.Key, s => s.Value(), StringComparer.Ordinal));

    /// <summary>What the crew's screen sees, also without a web server.</summary>
    public ConsoleDesk Console { get; }

    /// <summary>Runs until <paramref name="stop"/> is cancelled or the ignition has been off for long enough, then sends for a moment what is on disk and says goodbye.</summary>
    /// <exception cref="IOException">The console's port is taken.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, powerEnds.Token, careEnds.Token);
        stop = either.Token;
        log.Starting(options.Vehicle.Id, options.Vehicle.Kind.ToString(), options.Vehicle.Data);
        // Off shift nothing is placed, so that no conclusion reaches back to where the vehicle was before the sign-on.
        var toSensing = Fixes.Listen(FixesAhead, fix => Gate.Pass(Clock.Boot, fix.MonotonicMs).Allowed);
        var toArrival = Fixes.Listen(FixesAhead);
        // Whoever had the lamp before may have left it lit; and a lamp that cannot be had is said now, not at the first press.
        lamp.Set(false);
        using var sourcesEnd = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var lanesEnd = new CancellationTokenSource();
        List<Task> sources =
        [
            KeepAsync("clock", keeper.RunAsync, sourcesEnd.Token),
            KeepAsync("sensing", s => sensing.RunAsync(toSensing, motion, light, s), sourcesEnd.Token),
            KeepAsync("position", ReadFixesAsync, sourcesEnd.Token),
            KeepAsync("arrival", s => arrival.RunAsync(toArrival, s), sourcesEnd.Token),
            KeepAsync("tracks", TendTracksAsync, sourcesEnd.Token),
            KeepAsync("button", s => parts.Button is { } pressed ? button.RunAsync(pressed, s) : Task.CompletedTask, sourcesEnd.Token),
            KeepAsync("health", Health.RunAsync, sourcesEnd.Token),
            KeepAsync("log", s => logLines?.RunAsync(s) ?? Task.CompletedTask, sourcesEnd.Token),
            KeepAsync("watchdog", WatchAsync, sourcesEnd.Token),
            KeepAsync("equipment", s => parts.Equipment?.RunAsync(s) ?? Task.CompletedTask, sourcesEnd.Token),
            KeepAsync("ignition", s => parts.Ignition is { } ignition ? power.RunAsync(ignition, s) : Task.CompletedTask, sourcesEnd.Token),
        ];
        List<Task> lanes =
        [
            KeepAsync("link", WatchLinkAsync, lanesEnd.Token),
            KeepAsync("downlink", ReadDownlinkAsync, lanesEnd.Token),
            KeepAsync("device profile", s => parts.DeviceProfile?.RunAsync(() => Signs, s) ?? Task.CompletedTask, sourcesEnd.Token),
            KeepAsync("live lane", live.RunAsync, sourcesEnd.Token),
            KeepAsync("wipe", wipe.RunAsync, sourcesEnd.Token),
            KeepAsync("durable lane", durable.RunAsync, lanesEnd.Token),
            KeepAsync("file lane", files.RunAsync, sourcesEnd.Token),
            KeepAsync("status", status.RunAsync, sourcesEnd.Token),
        ];
        try
        {
            if (options.Console.Port > 0) await ConsoleServer.RunAsync(options.Console, Console, logs, stop).ConfigureAwait(false);
            else await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            parts.Notice?.Stopping();
            await sourcesEnd.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(sources).ConfigureAwait(false);
            tracks.CloseNow();
            await DrainAsync().ConfigureAwait(false);
            await lanesEnd.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(lanes).ConfigureAwait(false);
            log.Ending(options.Vehicle.Id, Outbox.Counts.Records);
            if (!wipe.IsWiped) logLines?.Save();
        }
    }

    public async ValueTask DisposeAsync()
    {
        durable.Dispose();
        files.Dispose();
        live.Dispose();
        status.Dispose();
        button.Dispose();
        lamp.Dispose();
        Health.Dispose();
        powerEnds.Dispose();
        await publisher.DisposeAsync().ConfigureAwait(false);
        await Outbox.DisposeAsync().ConfigureAwait(false);
        keeper.Dispose();
        parts.Notice?.Dispose();
        Actions.Dispose();
        Shift.Dispose();
        key?.Dispose();
        careEnds.Dispose();
        EndWipe();
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        if (parts.Notice is not { } notice) return;
        var progress = new Progress(() => Outbox.Writing, sourceHealths, () => IsFed ? sensing.Taken : null, Watchdog.Patience(notice), parts.Time);
        await new Watchdog(notice, progress.Stuck, StatusLine, parts.Time, log).RunAsync(stop).ConfigureAwait(false);
    }

    private bool IsFed => parts.Motion?.Health.State == SourceState.Ok || parts.Light?.Health.State == SourceState.Ok;

    // For "systemctl status": no place, no name.
    private string StatusLine() =>
        $"power {power.State}, {(publisher.IsConnected ? "connected" : "no hub")}, {Outbox.Counts.Records} records wait; {string.Join(", ", sourceHealths.Select(s => $"{s.Key} {s.Value()}"))}";

    // By the rules of the screen: a crew with PINs is not signed on by whoever leans on a button.
    private async ValueTask ChangeShiftAsync(ShiftState state, string? crew, CancellationToken stop)
    {
        try
        {
            await Console.ChangeShiftAsync(new ShiftRequest { State = state, Crew = crew }, stop).ConfigureAwait(false);
        }
        catch (SignOnRefusedException e)
        {
            throw new ShiftRefusedException(e.Message);
        }
    }

    private void TakeAck(Ack ack)
    {
        if (ack.Refused is null) Interlocked.Increment(ref acknowledged);
        durable.OnAck(ack);
    }

    private void TakeDeviceProfile(ReadOnlyMemory<byte> message) => parts.DeviceProfile?.Take(message);
}
