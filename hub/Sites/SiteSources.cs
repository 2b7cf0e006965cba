using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Gathers what a site is folded from and folds it: the same for the projection and for showing the evidence.</summary>
public static class SiteSources
{
    private const long DayMs = 86_400_000;

    public static (Site Site, IReadOnlyList<Vote> Votes)? FoldLamp(ObservationStore.Read read, string pole, GeoPoint at, SitesOptions options)
    {
        var observations = ObservationStore.OfPole(read, pole, (long)(options.HorizonDays * DayMs));
        if (observations.Count == 0) return null;
        var identity = new Site { Id = Site.LampId(pole), Kind = SiteKind.Lamp, Pole = pole, At = at };
        return SiteFold.Fold(identity, observations, ObservationStore.MarksOfPole(read, pole), options);
    }

    /// <summary>Folds the pothole of these shocks, founder first.</summary>
    public static (Site Site, IReadOnlyList<Vote> Votes) FoldPothole(
        ObservationStore.Read read, IReadOnlyList<Observation> members, SitesOptions options)
    {
        var centre = PotholeClusters.Centre(members);
        var newest = members[^1].FixMs;
        var fromMs = newest - (long)(options.HorizonDays * DayMs);
        var all = new List<Observation>(members);
        all.AddRange(ObservationStore.ShocksIn(read, Grid.Around(centre, options.JoinM, Grid.Fine))
            .Where(o => !o.Founds && o.FixMs >= fromMs && o.At.DistanceMTo(centre) <= options.JoinM));
        all.AddRange(ObservationStore.StretchesIn(read, Grid.Around(centre, options.PassM, Grid.Coarse), fromMs)
            .Where(o => Passes(o, centre, options.PassM)));
        all.Sort(Observation.Canonical);
        var identity = new Site { Id = Site.PotholeId(members[0]), Kind = SiteKind.Pothole, At = centre.Rounded() };
        return SiteFold.Fold(identity, all, ObservationStore.PotholeMarksNear(read, centre, options.MarkM), options);
    }

    /// <summary>True when a stretch leads past a place within a distance of its line.</summary>
    public static bool Passes(Observation stretch, GeoPoint place, double withinM)
    {
        if (stretch.To is not { } to) return false;
        var (bx, by) = stretch.At.OffsetMTo(to);
        var (px, py) = stretch.At.OffsetMTo(place);
        var square = bx * bx + by * by;
        var along = square == 0 ? 0 : Math.Clamp((px * bx + py * by) / square, 0, 1);
        var (dx, dy) = (px - along * bx, py - along * by);
        return dx * dx + dy * dy <= withinM * withinM;
    }
}
