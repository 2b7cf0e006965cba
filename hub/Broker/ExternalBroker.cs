using System.Globalization;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>Tells enrolment where the city's own broker is, and keeps its rules and revocation lists in a folder for it.</summary>
internal sealed class ExternalBroker(
    BrokerOptions options, BrokerPlace place, IdentityWatch watch, SessionEnder ender, VehicleRegistry registry, CertificateAuthority authority, ILogger<ExternalBroker> log)
    : IHostedService
{
    private volatile IdentityState? state;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        place.Current = new BrokerPlace.Address(options.VehicleHost.Length > 0 ? options.VehicleHost : options.OwnHost, options.Port);
        registry.Changed += HandleRegistered;
        ender.StillBarred = vehicle => state?.Barred.Contains(vehicle) ?? true;
        watch.Tell = TellAsync;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        watch.Tell = null;
        registry.Changed -= HandleRegistered;
        return Task.CompletedTask;
    }

    private async Task TellAsync(IdentityState now, CancellationToken cancel)
    {
        state = now;
        WriteRules(now);
        await ender.EndAsync(now.Ended, options.OwnHost, options.Port, options.CaFile, now.Barred.Contains, cancel).ConfigureAwait(false);
    }

    private void HandleRegistered(Vehicle vehicle)
    {
        if (state is { } now) WriteRules(now);
    }

    private void WriteRules(IdentityState now)
    {
        if (options.RulesFolder.Length == 0) return;
        RulesFiles.Write(options.RulesFolder, BrokerRules.Write(registry.All.Where(v => !now.Barred.Contains(v.Id))), now.Lists, authority.AuthorityPem);
        if (options.PidFile.Length == 0) return;
        if (int.TryParse(File.Exists(options.PidFile) ? File.ReadAllText(options.PidFile).Trim() : "", NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 1 && Posix.MaySignal(pid))
            Posix.Signal(pid, Posix.HangUp);
        else log.NoBrokerProcess(options.PidFile);
    }
}
