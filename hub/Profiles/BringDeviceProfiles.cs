using System.Collections.Concurrent;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>
/// Leads the newest roll-out on by what vehicles report, and brings every vehicle the signed profile that it should have until it
/// has judged it. All that it knows is in the database, so that a restart goes on where the hub was.
/// </summary>
public sealed class BringDeviceProfiles(
    Database database, VehicleRegistry registry, VehicleStatuses statuses, Downlink downlink, DownlinkEra era, SigningKey key, HandedKeys handed, DeviceProfilesInbox inbox,
    ProfilesOptions options, TimeProvider time, ILogger<BringDeviceProfiles> log)
    : StateSender(statuses, inbox.Due, inbox.Look, TimeSpan.FromSeconds(options.ResendSeconds), time)
{
    private readonly ConcurrentDictionary<string, DeviceProfileReport> heard = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Version, ReadOnlyMemory<byte> Message)> signed = new(StringComparer.Ordinal);
    private bool checkedEra;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        handed.ProfilePem = key.PublicPem;
        return base.StartAsync(cancellationToken);
    }

    protected override bool IsBehind(string vehicle, VehicleStatus status)
    {
        if (status.DeviceProfile is not { } report) return false;
        var before = heard.GetValueOrDefault(vehicle);
        if (before is not null && (before.Version, before.Judged, before.Outcome, before.Foreign) == (report.Version, report.Judged, report.Outcome, report.Foreign)) return false;
        heard[vehicle] = report;
        if (report.Foreign > (before?.Foreign ?? 0)) log.ForeignBundles(vehicle, report.Foreign, report.LastForeign);
        return true;
    }

    protected override void Failed(Exception e) => log.RoundFailed(e);

    protected override async Task BringAsync(CancellationToken cancel)
    {
        if (!checkedEra) await TellAnewAsync(cancel).ConfigureAwait(false);
        checkedEra = true;
        var (newest, meant) = await database.ReadAsync(c => (ReleaseStore.Newest(c), ReleaseStore.Meant(c)), cancel).ConfigureAwait(false);
        if (newest is null) return;
        if (await LeadAsync(newest.RollOut, cancel).ConfigureAwait(false)) meant = await database.ReadAsync(c => ReleaseStore.Meant(c), cancel).ConfigureAwait(false);
        foreach (var profile in meant.Values)
        {
            if (registry.Find(profile.Vehicle) is { } vehicle && Statuses.Find(vehicle.Id) is { Online: true, Status.DeviceProfile: { } report } && report.Judged < profile.Version)
                await downlink.SendAsync(vehicle.Id, Lane.DeviceProfile, Message(vehicle, profile), cancel).ConfigureAwait(false);
        }
    }

    /// <returns>True when something changed.</returns>
    private async Task<bool> LeadAsync(RollOut before, CancellationToken cancel)
    {
        var now = Time.GetUtcNow();
        var after = before;
        foreach (var vehicle in before.Open)
        {
            if (Statuses.Find(vehicle.Vehicle).Status?.DeviceProfile is { } report) after = after.Heard(vehicle.Vehicle, report, now);
        }

        after = after.Step(now, options.Limits);
        if (after.State == before.State && after.Stage == before.Stage && after.Vehicles.SequenceEqual(before.Vehicles)) return false;
        var saved = await database.WriteAsync(scope =>
        {
            // Another one may have begun since.
            if (ReleaseStore.Newest(scope.Connection, scope.Transaction)?.RollOut is not { } current || current.Version != before.Version || current.State != before.State) return false;
            ReleaseStore.Save(scope, before, after);
            if (after.State != before.State) Audit.Write(scope, Actor.Hub, after.State == RollOutState.Stopped ? "profiles.stop" : "profiles.done", $"{after.Version}", after.Reason ?? "");
            scope.Raise(new DeviceProfilesChanged(after.Version));
            return true;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (!saved) return true;
        if (after.State == RollOutState.Stopped && before.State == RollOutState.Running) log.Stopped(after.Version, after.Reason!);
        else if (after.State == RollOutState.Done && before.State == RollOutState.Running) log.Done(after.Version);
        else if (after.Stage != before.Stage) log.StageOpened(after.Version, after.Stages[after.Stage], after.Open.Count());
        return true;
    }

    // Versions only rise, and a restored hub's are lower than what vehicles may have had since: what it means gets a new one.
    private Task TellAnewAsync(CancellationToken cancel) => database.WriteAsync(scope =>
    {
        if (ReleaseStore.Newest(scope.Connection, scope.Transaction) is not { } newest || newest.Era == era.Name) return;
        var meant = ReleaseStore.Meant(scope.Connection, scope.Transaction).ToDictionary(m => m.Key, m => m.Value.Settings, StringComparer.Ordinal);
        if (meant.Count == 0) return;
        var version = Math.Max(scope.Now.ToUnixTimeMilliseconds(), newest.RollOut.Version + 1);
        ReleaseStore.Add(scope, new Release(RollOut.Begin(version, meant.Keys, [100], [], scope.Now), ReleaseKind.Restored, era.Name, "the hub", scope.Now), meant);
    }, WritePriority.Interactive, cancel);

    private ReadOnlyMemory<byte> Message(Vehicle vehicle, MeantProfile profile)
    {
        if (signed.TryGetValue(vehicle.Id, out var made) && made.Version == profile.Version) return made.Message;
        var message = Sign(key, vehicle, profile.Version, era.Name, profile.Settings);
        signed[vehicle.Id] = (profile.Version, message);
        return message;
    }

    /// <exception cref="ArgumentException">It would be too large for the wire.</exception>
    internal static byte[] Sign(SigningKey key, Vehicle vehicle, long version, string era, VehicleSettings settings)
    {
        var profile = new DeviceProfile
        {
            Vehicle = vehicle.Id, Jurisdiction = vehicle.Jurisdiction, StateVersion = version, Era = era, Settings = JsonSerializer.SerializeToElement(settings.Settings),
        };
        return WireCodec.Encode(key.Sign(SignedBundle.ProfileType, JsonSerializer.SerializeToUtf8Bytes(profile, WireJson.Default.DeviceProfile)));
    }
}
