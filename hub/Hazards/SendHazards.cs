using System.Text.Json;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>
/// Brings every vehicle with a crew the dangers that stand: when they change, when a vehicle reports another version, and again at
/// an interval until it reports the one meant. Nothing is sent before there was a first one, nor to an agent that knows of none.
/// </summary>
public sealed class SendHazards(
    Database database, VehicleRegistry registry, VehicleStatuses statuses, Downlink downlink, DownlinkEra era, HazardsInbox inbox, HazardsOptions options, TimeProvider time,
    ILogger<SendHazards> log) : StateSender(statuses, inbox.Due, inbox.Look, TimeSpan.FromSeconds(options.ResendSeconds), time)
{
    private long version;
    private ReadOnlyMemory<byte> payload;

    protected override bool IsBehind(string vehicle, VehicleStatus status) => status.HazardsVersion is not null && Held(status) != Interlocked.Read(ref version);

    protected override void Failed(Exception e) => log.RoundFailed(e);

    protected override async Task BringAsync(CancellationToken cancel)
    {
        var (content, held) = await database.ReadAsync(c => (Read(HazardStore.Standing(c, null, Time.GetUtcNow())), HazardStore.Held(c)), cancel).ConfigureAwait(false);
        if (content != (held?.Content ?? "[]"))
        {
            held = await database.WriteAsync(scope =>
            {
                HazardStore.Save(scope, Read(HazardStore.Standing(scope.Connection, scope.Transaction, scope.Now)));
                return HazardStore.Held(scope.Connection, scope.Transaction);
            }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        }

        if (held is not { } meant) return;
        if (version != meant.Version)
        {
            var copies = JsonSerializer.Deserialize(meant.Content, WireJson.Default.HazardCopyArray)!;
            payload = WireCodec.Encode(new HazardsState { StateVersion = meant.Version, Era = era.Name, Hazards = copies }, WireJson.Default.HazardsState);
            Interlocked.Exchange(ref version, meant.Version);
        }

        foreach (var vehicle in registry.All.Where(v => v.Kind == VehicleKind.Crewed))
        {
            if (Statuses.Find(vehicle.Id) is { Online: true, Status: { HazardsVersion: not null } status } && Held(status) != meant.Version)
                await downlink.SendAsync(vehicle.Id, Lane.Hazards, payload, cancel).ConfigureAwait(false);
        }
    }

    private string Read(IReadOnlyList<HazardReport> standing) =>
        JsonSerializer.Serialize([.. HazardGroup.Of(standing, options.SameM).Take(HazardsState.Most).Select(g => g.ToCopy())], WireJson.Default.HazardCopyArray);

    private long Held(VehicleStatus status) => status.HazardsEra is null || status.HazardsEra == era.Name ? status.HazardsVersion ?? 0 : 0;
}
