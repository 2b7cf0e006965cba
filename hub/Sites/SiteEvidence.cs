using System.Data.Common;
using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Shows what a site rests on, by folding it again: what is shown is what was counted.</summary>
public static class SiteEvidence
{
    /// <returns>In canonical order; empty for a site that doesn't exist.</returns>
    public static IReadOnlyList<EvidenceItem> Read(DbConnection connection, string id, SitesOptions options)
    {
        if (SiteStore.Find(connection, id) is not { } site) return [];
        var read = new ObservationStore.Read(connection, null, WithDetail: true);
        var votes = site.Pole is { } pole
            ? SiteSources.FoldLamp(read, pole, site.At, options)?.Votes ?? []
            : SiteSources.FoldPothole(read, ObservationStore.OfSite(read, id), options).Votes;
        return [.. votes.Select(Item)];
    }

    private static EvidenceItem Item(Vote vote)
    {
        var observation = vote.Observation;
        var item = new EvidenceItem
        {
            Key = observation.Key,
            At = observation.At,
            To = observation.To,
            FixTime = DateTimeOffset.FromUnixTimeMilliseconds(observation.FixMs),
            DeviceTime = DateTimeOffset.FromUnixTimeMilliseconds(observation.DeviceMs),
            Replay = observation.Replay,
            Kind = Word(observation.Kind.ToString()),
            Verdict = observation.Kind switch
            {
                ObservationKind.Lamp => Word(((LampVerdict)observation.Verdict).ToString()),
                ObservationKind.Shock => Word(((ShockKind)observation.Verdict).ToString()),
                _ => observation.Verdict == 0 ? "smooth" : "rough",
            },
            Supports = vote.Weight > 0,
            Weight = Math.Round(vote.Weight, 3),
            Counted = vote.Counted,
            Vehicle = observation.Vehicle,
        };
        return observation switch
        {
            { Kind: ObservationKind.Lamp, Detail: { } detail } => WithLamp(item, JsonSerializer.Deserialize(detail, SitesJson.Default.LampObservation)!),
            { Kind: ObservationKind.Shock, Detail: { } detail } => WithShock(item, JsonSerializer.Deserialize(detail, SitesJson.Default.ShockObservation)!),
            _ => item,
        };
    }

    private static EvidenceItem WithLamp(EvidenceItem item, LampObservation lamp) => item with
    {
        Confidence = lamp.Confidence, SpeedMps = lamp.SpeedMps, PeakLux = lamp.PeakLux, FloorLux = lamp.FloorLux,
        ExpectedLux = lamp.ExpectedLux, DistanceM = lamp.DistanceM, Curve = lamp.Curve, Rule = lamp.Rule,
    };

    private static EvidenceItem WithShock(EvidenceItem item, ShockObservation shock) => item with
    {
        Confidence = shock.Confidence, SpeedMps = shock.SpeedMps, PeakMps2 = shock.PeakMps2, Trace = shock.Trace,
        TraceStepMs = shock.TraceStepMs, Rule = shock.Rule,
    };

    private static string Word(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
