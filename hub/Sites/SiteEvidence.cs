using System.Data.Common;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Shows what a site rests on, by folding it again: what is shown is what was counted.</summary>
public static class SiteEvidence
{
    /// <param name="connection">To read from.</param>
    /// <param name="ids">Sites.</param>
    /// <param name="most">No more than the newest so many of all of them together.</param>
    /// <param name="structures">The city's map of them.</param>
    /// <param name="options">As the sites were folded with.</param>
    /// <returns>Newest first; empty for sites that don't exist.</returns>
    public static IReadOnlyList<EvidenceItem> Read(DbConnection connection, IReadOnlyCollection<string> ids, int most, RoadStructureIndex structures, SitesOptions options)
    {
        var read = new ObservationStore.Read(connection, null, WithDetail: true);
        var votes = new List<Vote>();
        foreach (var site in ids.Select(id => SiteStore.Find(connection, id)).OfType<Site>())
        {
            votes.AddRange(site.Pole is { } pole
                ? SiteSources.FoldLamp(read, pole, site.At, options)?.Votes ?? []
                : SiteSources.FoldPothole(read, site.Id, ShockBinStore.OfSite(read, site.Id), structures, options).Votes);
        }

        votes.Sort((a, b) => Observation.Canonical(b.Observation, a.Observation));
        return [.. votes.Take(most).Select(Item)];
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
