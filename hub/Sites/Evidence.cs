namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// What a site is folded from: the newest observations of each place that it reaches over. Where one of those places holds
/// more than are looked at, all of them are cut at the time from which every one is whole, so that passes that felt the
/// defect and passes that didn't are of the same time. What is left depends on the set alone, not on what came when.
/// </summary>
internal sealed class Evidence(SitesOptions options)
{
    private readonly List<Observation> all = [];
    private Observation? wholeSince;

    /// <param name="newest">Observations of one place, at most <see cref="SitesOptions.MostEvidence"/>, in any order.</param>
    /// <param name="belongs">Which of them speak about the site; the others only say from when on the place is whole.</param>
    public void Add(IReadOnlyList<Observation> newest, Func<Observation, bool> belongs)
    {
        if (newest.Count >= options.MostEvidence)
        {
            var oldest = newest[0];
            foreach (var observation in newest)
            {
                if (Observation.Canonical(observation, oldest) < 0) oldest = observation;
            }

            if (wholeSince is null || Observation.Canonical(oldest, wholeSince) > 0) wholeSince = oldest;
        }

        all.AddRange(newest.Where(belongs));
    }

    /// <summary>In canonical order, without what is too old to be looked at.</summary>
    public List<Observation> InOrder()
    {
        all.Sort(Observation.Canonical);
        // A stretch touches several cells.
        var kept = all.DistinctBy(o => (o.Vehicle, o.Epoch, o.Seq)).Where(o => wholeSince is null || Observation.Canonical(o, wholeSince) >= 0).ToList();
        var newest = kept.FindLast(o => o.Kind == ObservationKind.Lamp || o.Founds)?.FixMs;
        var fromMs = newest - (long)(options.HorizonDays * 86_400_000);
        return newest is null ? kept : kept.FindAll(o => o.FixMs >= fromMs);
    }
}
