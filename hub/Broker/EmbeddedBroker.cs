using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>
/// Runs mosquitto as the hub's child: writes its configuration and rules, starts it before anything connects, starts it
/// again when it dies, makes it read the rules again when a vehicle is registered, and stops it last.
/// </summary>
public sealed class EmbeddedBroker : BackgroundService, IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenCertificateChecks = TimeSpan.FromHours(12);

    private readonly BrokerOptions options;
    private readonly CertificateAuthority authority;
    private readonly VehicleRegistry registry;
    private readonly BrokerPlace place;
    private readonly IdentityWatch watch;
    private readonly SessionEnder ender;
    private readonly TimeProvider time;
    private readonly ILogger<EmbeddedBroker> log;
    private readonly string dataFolder;
    private readonly Func<BrokerAccount> chooseAccount;
    private readonly Lock gate = new();
    private readonly TaskCompletionSource<int> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string folder = "";
    private readonly SemaphoreSlim look = new(0, 1);
    private IdentityState? state;
    private BrokerAccount? account;
    private BrokerChild? child;
    private string trusted = "";
    private int port;

    internal EmbeddedBroker(
        BrokerOptions options, StorageOptions storage, CertificateAuthority authority, VehicleRegistry registry, BrokerPlace place, IdentityWatch watch, SessionEnder ender,
        Func<BrokerAccount> chooseAccount, TimeProvider time, ILogger<EmbeddedBroker> log)
    {
        (this.options, this.authority, this.registry, this.place) = (options, authority, registry, place);
        (this.watch, this.ender, this.chooseAccount, this.time, this.log) = (watch, ender, chooseAccount, time, log);
        dataFolder = storage.Folder;
    }

    /// <summary>The port, once it accepts connections.</summary>
    public Task<int> Listening => listening.Task;

    private string RecordFile => Path.Combine(folder, "child.json");

    private string ConfigurationFile => Path.Combine(folder, "mosquitto.conf");

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        account = chooseAccount();
        folder = DataFolder.Create(Path.Combine(dataFolder, "broker"));
        var last = ChildRecord.Read(RecordFile);
        if (last is { IsAlive: true })
        {
            log.EndingOrphan(last.Pid);
            await last.EndAsync(time, cancellationToken).ConfigureAwait(false);
        }

        foreach (var orphan in ChildRecord.Running(ConfigurationFile, last?.Port ?? 0))
        {
            log.EndingOrphan(orphan.Pid);
            await orphan.EndAsync(time, cancellationToken).ConfigureAwait(false);
        }

        port = BrokerPort.Choose(options, last?.Port);
        state = await watch.ReadAsync(cancellationToken).ConfigureAwait(false);
        registry.Changed += HandleRegistered;
        await LaunchAsync(cancellationToken).ConfigureAwait(false);
        place.Current = new BrokerPlace.Address(options.VehicleHost.Length > 0 ? options.VehicleHost : options.OwnHost, port);
        listening.SetResult(port);
        ender.StillBarred = vehicle => state?.Barred.Contains(vehicle) ?? true;
        watch.Tell = TellAsync;
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        registry.Changed -= HandleRegistered;
        watch.Tell = null;
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (child is null) return;
        await child.StopAsync(time).ConfigureAwait(false);
        log.Stopped();
    }

    /// <summary>Ends the child also when the hub was told to stop before it had started, where nobody calls StopAsync.</summary>
    public async ValueTask DisposeAsync()
    {
        if (child is not null) await child.StopAsync(time).ConfigureAwait(false);
        Dispose();
    }

    public override void Dispose()
    {
        child?.Dispose();
        look.Dispose();
        base.Dispose();
    }

    /// <summary>Watches the child and the certificates.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (await ExitsBeforeNextCheckAsync(stoppingToken).ConfigureAwait(false))
            {
                log.Died(child!.LastWords);
            }
            else if (EnsureCertificates() | IsTrustOld())
            {
                // A new certificate and new lists it reads again when told, a new authority only at start.
                log.Renewed();
                await child!.StopAsync(time).ConfigureAwait(false);
            }
            else
            {
                continue;
            }

            await LaunchAgainAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> ExitsBeforeNextCheckAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var exit = child!.WaitForExitAsync(either.Token);
        var due = look.WaitAsync(BetweenCertificateChecks, either.Token);
        var first = await Task.WhenAny(exit, due).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return first == exit;
    }

    private async Task LaunchAgainAsync(CancellationToken stop)
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            await Task.Delay(wait, time, stop).ConfigureAwait(false);
            try
            {
                await LaunchAsync(stop).ConfigureAwait(false);
                return;
            }
            catch (InvalidOperationException e)
            {
                log.NotStarted(e.Message);
            }
        }
    }

    private async Task LaunchAsync(CancellationToken cancel)
    {
        EnsureCertificates();
        await File.WriteAllTextAsync(ConfigurationFile, BrokerConfiguration.Write(options, port, folder, authority), cancel).ConfigureAwait(false);
        lock (gate)
        {
            trusted = authority.AuthorityPem;
            WriteRules();
            account!.HandOver?.Invoke(authority.Folder);
            child?.Dispose();
            child = BrokerChild.Start(options.Program, ConfigurationFile, port, RecordFile, account, log);
        }

        try
        {
            await WaitUntilItListensAsync(child, cancel).ConfigureAwait(false);
        }
        catch
        {
            await child.StopAsync(time).ConfigureAwait(false);
            throw;
        }

        log.Listens(options.Host, port);
    }

    private async Task WaitUntilItListensAsync(BrokerChild started, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (!await BrokerPort.AcceptsAsync(options.OwnHost, port, cancel).ConfigureAwait(false))
        {
            if (started.HasExited) throw new InvalidOperationException($"the broker ended at once: {started.LastWords}");
            if (time.GetElapsedTime(began) > LongestStart) throw new InvalidOperationException($"the broker does not listen: {started.LastWords}");
            await Task.Delay(BetweenLooks, time, cancel).ConfigureAwait(false);
        }
    }

    private void HandleRegistered(Vehicle vehicle)
    {
        lock (gate)
        {
            WriteRules();
            child?.Reload();
        }
    }

    /// <summary>Rules and lists first, then the sessions: whoever is put out finds the door shut.</summary>
    private async Task TellAsync(IdentityState now, CancellationToken cancel)
    {
        lock (gate)
        {
            state = now;
            WriteRules();
            child?.Reload();
        }

        if (IsTrustOld() && look.CurrentCount == 0) look.Release();
        await ender.EndAsync(now.Ended, options.OwnHost, port, authority.AuthorityFile, now.Barred.Contains, cancel).ConfigureAwait(false);
    }

    private bool IsTrustOld()
    {
        lock (gate) return trusted != authority.AuthorityPem;
    }

    private void WriteRules()
    {
        RulesFiles.Write(folder, BrokerRules.Write(registry.All.Where(v => !state!.Barred.Contains(v.Id))), state!.Lists);
        account!.HandOver?.Invoke(folder);
    }

    private bool EnsureCertificates()
    {
        foreach (var session in HubSession.Rules.Keys) authority.EnsureSession(session);
        return authority.EnsureServer();
    }
}
