using System.Text.Json;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>
/// Brings every vehicle with a crew the profile: when it changes, when a vehicle reports another version, and again at an
/// interval until it reports the one meant.
/// </summary>
public sealed class SendProfiles(
    Database database, CrewProfile profile, VehicleRegistry registry, VehicleStatuses statuses, Downlink downlink, DownlinkEra era, ProfilesInbox inbox, ProfilesOptions options,
    TimeProvider time, ILogger<SendProfiles> log) : StateSender(statuses, inbox.Due, inbox.Look, TimeSpan.FromSeconds(options.ResendSeconds), time)
{
    private long version;
    private ReadOnlyMemory<byte> payload;

    protected override bool IsBehind(string vehicle, VehicleStatus status) => Held(status) != Interlocked.Read(ref version);

    protected override void Failed(Exception e) => log.RoundFailed(e);

    protected override async Task BringAsync(CancellationToken cancel)
    {
        var (content, held) = await database.ReadAsync(c => (profile.Read(c, null), ProfileStore.Held(c)), cancel).ConfigureAwait(false);
        if (held?.Content != content)
        {
            held = await database.WriteAsync(scope =>
            {
                ProfileStore.Save(scope, profile.Read(scope.Connection, scope.Transaction));
                return ProfileStore.Held(scope.Connection, scope.Transaction);
            }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        }

        var (meant, text) = held!.Value;
        if (version != meant)
        {
            var state = new ProfileState { StateVersion = meant, Era = era.Name, Profile = JsonSerializer.Deserialize<JsonElement>(text) };
            payload = WireCodec.Encode(state, WireJson.Default.ProfileState);
            Interlocked.Exchange(ref version, meant);
        }

        foreach (var vehicle in registry.All.Where(v => v.Kind == VehicleKind.Crewed))
        {
            if (Statuses.Find(vehicle.Id) is { Online: true, Status: { } status } && Held(status) != meant)
                await downlink.SendAsync(vehicle.Id, Lane.Profile, payload, cancel).ConfigureAwait(false);
        }
    }

    private long Held(VehicleStatus status) => status.ProfileEra is null || status.ProfileEra == era.Name ? status.ProfileVersion : 0;
}
