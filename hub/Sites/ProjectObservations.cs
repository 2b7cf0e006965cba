using System.Text.Json;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Stores the observations of a batch and folds each site they touch once.</summary>
public sealed class ProjectObservations(SitesOptions options, PoleIndex poles, PoleMatch match, RefoldSites refold) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        var observations = records.Select(Read).OfType<Observation>().ToList();
        if (observations.Count == 0) return;
        foreach (var observation in observations) ObservationStore.Insert(scope, observation);
        Lamps(scope, observations);
        Bystanders(scope, observations, refold.Potholes(scope, [.. observations.Where(o => o.Founds)]));
    }

    private void Lamps(WriteScope scope, List<Observation> observations)
    {
        foreach (var group in observations.Where(o => o.Pole is not null).GroupBy(o => o.Pole!).OrderBy(g => g.Key, StringComparer.Ordinal))
            refold.Lamp(scope, group.Key, poles.Find(group.Key)!.At, group.Max(o => o.DeviceMs));
    }

    /// <summary>
    /// Castings, joints, humps and smooth stretches: they found nothing, but speak about potholes nearby. And whatever comes
    /// to a place that holds more than is looked at moves the time from which it is, also for a pothole that shares the cell.
    /// </summary>
    private void Bystanders(WriteScope scope, List<Observation> observations, IReadOnlyCollection<string> folded)
    {
        var touched = new SortedDictionary<string, (Site Site, long SampledMs)>(StringComparer.Ordinal);
        foreach (var observation in observations)
        {
            IEnumerable<Site> near = observation switch
            {
                { Kind: ObservationKind.Shock } => BesideShock(scope, observation),
                { Kind: ObservationKind.Roughness, To: { } to } => AlongStretch(scope, observation, to),
                _ => [],
            };
            foreach (var site in near.Where(s => !folded.Contains(s.Id)))
            {
                var newest = Math.Max(observation.DeviceMs, touched.GetValueOrDefault(site.Id).SampledMs);
                touched[site.Id] = (site, newest);
            }
        }

        foreach (var (site, sampledMs) in touched.Values) refold.Pothole(scope, site, sampledMs);
    }

    private IEnumerable<Site> BesideShock(WriteScope scope, Observation shock)
    {
        IEnumerable<Site> beside = shock.Founds ? [] : SiteStore.PotholesNear(scope, shock.At, options.OtherKindM + 1);
        var cell = Grid.Cell(shock.At, Grid.Fine);
        if (!ObservationStore.IsFull(scope, "shocks", cell, options.MostEvidence)) return beside;
        var (corner, opposite) = Grid.Corners(cell, Grid.Fine);
        return beside.Concat(SiteStore.PotholesBetween(scope, corner, opposite, options.OtherKindM + 1)).Concat(SiteStore.PotholesWithShocksIn(scope, cell));
    }

    private IEnumerable<Site> AlongStretch(WriteScope scope, Observation stretch, GeoPoint to)
    {
        IEnumerable<Site> along = SiteStore.PotholesBetween(scope, stretch.At, to, options.PassM + 1)
            .FindAll(site => SiteSources.Passes(stretch, site.At, options.PassM + 1));
        foreach (var cell in ObservationStore.CellsOf(stretch).Where(c => ObservationStore.IsFull(scope, "smooth_stretches", c, options.MostEvidence)))
        {
            var (corner, opposite) = Grid.Corners(cell, Grid.Coarse);
            along = along.Concat(SiteStore.PotholesBetween(scope, corner, opposite, options.PassM + 1));
        }

        return along;
    }

    private Observation? Read(StoredRecord stored) => stored.Record switch
    {
        { Lamp: { } lamp } => Make(stored, ObservationKind.Lamp, lamp.At, (int)lamp.Verdict, lamp.Confidence, lamp.PeakLux) with
        {
            Pole = match.Of(lamp)?.Pole, Likelihoods = Whole(lamp.Likelihoods), Doubt = lamp.Doubt, Detail = JsonSerializer.Serialize(lamp, SitesJson.Default.LampObservation),
        },
        { Shock: { } shock } => Make(stored, ObservationKind.Shock, shock.At, (int)shock.Kind, shock.Confidence, shock.PeakMps2) with
        {
            Detail = JsonSerializer.Serialize(shock, SitesJson.Default.ShockObservation), SpeedMps = shock.SpeedMps, CourseDeg = shock.CourseDeg, Hdop = shock.Hdop,
            Chances = shock.Chances is { Length: ShockObservation.ChanceCount } c ? new ShockChances(c[0], c[1], c[2]) : null,
        },
        { Roughness: { } stretch } => Make(stored, ObservationKind.Roughness, stretch.From, stretch.Shocks, 1, stretch.RmsMps2) with
        {
            To = stretch.To, SpeedMps = stretch.SpeedMps, CourseDeg = stretch.CourseDeg, Hdop = stretch.Hdop,
        },
        _ => null,
    };

    private static Observation Make(StoredRecord stored, ObservationKind kind, GeoPoint at, int verdict, double confidence, double severity) => new()
    {
        Vehicle = stored.Vehicle,
        Epoch = stored.Epoch,
        Seq = stored.Record.Seq,
        Kind = kind,
        FixMs = stored.Record.Stamp.Effective.ToUnixTimeMilliseconds(),
        DeviceMs = stored.Record.Stamp.DeviceTime.ToUnixTimeMilliseconds(),
        Replay = stored.Record.Stamp.Replay,
        At = at,
        Verdict = verdict,
        Confidence = double.IsFinite(confidence) ? confidence : 0,
        Severity = double.IsFinite(severity) ? severity : 0,
    };

    // What isn't as the contract says was not measured.
    private static int[]? Whole(int[]? likelihoods) =>
        likelihoods is { } all && all.Length == LampLadder.Shares.Count && Array.TrueForAll(all, l => l is >= 0 and <= LampLadder.Lowest) ? all : null;
}
