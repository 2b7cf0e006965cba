using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Gathers what a site is folded from and folds it: the same for the projection and for showing the evidence.</summary>
public static class SiteSources
{
    public static (Site Site, IReadOnlyList<Vote> Votes)? FoldLamp(ObservationStore.Read read, string pole, GeoPoint at, SitesOptions options)
    {
        var evidence = new Evidence(options);
        evidence.Add(ObservationStore.OfPole(read, pole, options.MostEvidence), _ => true);
        var observations = evidence.InOrder();
        if (observations.Count == 0) return null;
        var identity = new Site { Id = Site.LampId(pole), Kind = SiteKind.Lamp, Pole = pole, At = at };
        var marks = ObservationStore.MarksOfPole(read, pole);
        var folded = SiteFold.Fold(identity, observations, marks, KnownStructures.None, options);
        // What is looked at is the newest; one that has been dark for longer burned before that.
        return folded.Site.NeverBurned && ObservationStore.BurnedBefore(read, pole, observations[0].FixMs, options.LampBurnedPasses)
            ? SiteFold.Fold(identity, observations, marks, KnownStructures.None, options, burned: true)
            : folded;
    }

    /// <summary>Folds the pothole of these bins.</summary>
    public static (Site Site, IReadOnlyList<Vote> Votes) FoldPothole(
        ObservationStore.Read read, string id, IReadOnlyCollection<ShockBin> bins, RoadStructureIndex structures, SitesOptions options)
    {
        var own = bins.Select(b => b.Bin).ToHashSet();
        return FoldAround(read, id, ShockBin.Centre(bins), own, structures, options);
    }

    /// <summary>
    /// Folds what is known of a place where no shock ever founded a pothole: smooth stretches past it, and castings, joints
    /// and humps that were felt there.
    /// </summary>
    public static (Site Site, IReadOnlyList<Vote> Votes) FoldPlace(ObservationStore.Read read, GeoPoint place, RoadStructureIndex structures, SitesOptions options) =>
        FoldAround(read, "place", place, [], structures, options);

    private static (Site Site, IReadOnlyList<Vote> Votes) FoldAround(
        ObservationStore.Read read, string id, GeoPoint centre, HashSet<long> own, RoadStructureIndex structures, SitesOptions options)
    {
        var evidence = new Evidence(options);
        foreach (var cell in own.Select(FineCell).Concat(Grid.Around(centre, options.OtherKindM, Grid.Fine)).Distinct().Order())
        {
            evidence.Add(ObservationStore.ShocksIn(read, cell, options.MostEvidence), shock => shock.Founds
                ? own.Contains(Grid.Cell(shock.At, Grid.Finest))
                : shock.At.DistanceMTo(centre) <= options.OtherKindM);
        }

        foreach (var cell in Grid.Around(centre, options.PassM, Grid.Coarse))
            evidence.Add(ObservationStore.StretchesIn(read, cell, options.MostEvidence), stretch => Passes(stretch, centre, options.PassM));
        var identity = new Site { Id = id, Kind = SiteKind.Pothole, At = centre.Rounded() };
        return SiteFold.Fold(identity, evidence.InOrder(), ObservationStore.PotholeMarksNear(read, centre, options.MarkM), Known(centre, structures, options), options, notes: Notes(read, centre, options));
    }

    /// <summary>What the city's map has at a place.</summary>
    public static KnownStructures Known(GeoPoint at, RoadStructureIndex structures, SitesOptions options) => new(at, structures.Near(at, KnownStructures.CoversM), options);

    private static List<SiteNote> Notes(ObservationStore.Read read, GeoPoint at, SitesOptions options) =>
        SiteNoteStore.Near(read, at, Math.Max(options.ReportedM, Math.Max(options.WorksM, options.DrawnWorksM))).FindAll(n => n.Reaches(at, options));

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

    private static long FineCell(long bin)
    {
        var (y, x) = Grid.Split(bin);
        return Grid.Number(y >> 2, x >> 2);
    }
}
