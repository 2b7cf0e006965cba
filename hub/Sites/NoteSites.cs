using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Tells sites what somebody said of a place, or that it holds no longer. Runs in the transaction of whatever says it.</summary>
public sealed class NoteSites(RefoldSites refold, SitesOptions options)
{
    /// <param name="scope">The caller's transaction.</param>
    /// <param name="source">What it comes from.</param>
    /// <param name="note">What is said now; null: nothing any more, and what it did is undone.</param>
    public void Set(WriteScope scope, string source, SiteNote? note)
    {
        var before = SiteNoteStore.Find(scope, source);
        if (before == note) return;
        if (note is null) SiteNoteStore.Delete(scope, source);
        else SiteNoteStore.Save(scope, note);
        var touched = new[] { before, note }.OfType<SiteNote>().SelectMany(n => Touched(scope, n));
        foreach (var site in touched.DistinctBy(s => s.Id).OrderBy(s => s.Id, StringComparer.Ordinal)) refold.Pothole(scope, site, sampledMs: null);
    }

    private IEnumerable<Site> Touched(WriteScope scope, SiteNote note)
    {
        // A place is rounded, and may lie on the edge.
        var reachM = note.ReachM(options) + 1;
        if (note.Drawn is not { } drawn) return SiteStore.PotholesNear(scope, note.At, reachM);
        return drawn.Cells!.SelectMany(cell =>
        {
            var (southWest, northEast) = Grid.Corners(cell, Grid.Coarse);
            return SiteStore.PotholesBetween(scope, southWest, northEast, reachM);
        }).Where(s => drawn.DistanceM(s.At) <= reachM);
    }
}
