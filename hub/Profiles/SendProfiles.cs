using System.Diagnostics.CodeAnalysis;
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
    TimeProvider time, ILogger<SendProfiles> log) : BackgroundService
{
    private long version;
    private ReadOnlyMemory<byte> payload;

    [SuppressMessage("Design", "CA1031", Justification = "A failing round is logged and the next one tries again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        statuses.Changed += Reported;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.ResendSeconds), time);
        var round = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var knock = inbox.Due.WaitToReadAsync(stoppingToken).AsTask();
        inbox.Look();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAny(round, knock).ConfigureAwait(false);
                if (round.IsCompleted) round = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                if (knock.IsCompleted)
                {
                    inbox.Due.TryRead(out _);
                    knock = inbox.Due.WaitToReadAsync(stoppingToken).AsTask();
                }

                await BringAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoundFailed(e);
            }
        }
    }

    // Most reports say nothing new about it.
    private void Reported(string vehicle)
    {
        if (statuses.Find(vehicle) is { Online: true, Status: { } status } && Held(status) != Interlocked.Read(ref version)) inbox.Look();
    }

    private async Task BringAsync(CancellationToken cancel)
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
            if (statuses.Find(vehicle.Id) is { Online: true, Status: { } status } && Held(status) != meant)
                await downlink.SendAsync(vehicle.Id, Lane.Profile, payload, cancel).ConfigureAwait(false);
        }
    }

    private long Held(VehicleStatus status) => status.ProfileEra is null || status.ProfileEra == era.Name ? status.ProfileVersion : 0;
}
