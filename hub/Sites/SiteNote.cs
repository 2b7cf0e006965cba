using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What somebody said of a place, for as long as it holds.</summary>
/// <param name="Source">What it comes from: a request's number, a danger's id. One makes one note.</param>
/// <param name="Kind">What was said.</param>
/// <param name="At">Where; of what was drawn a place on it.</param>
/// <param name="FromMs">Works: since when, Unix milliseconds by work time; of reports 0.</param>
/// <param name="UntilMs">Works: until when; of reports <see cref="long.MaxValue"/>.</param>
/// <param name="Drawn">Works: the road or area that they take up; null when only a place is known.</param>
public sealed record SiteNote(string Source, SiteNoteKind Kind, GeoPoint At, long FromMs = 0, long UntilMs = long.MaxValue, DrawnShape? Drawn = null)
{
    /// <summary>True where the note counts.</summary>
    public bool Reaches(GeoPoint place, SitesOptions options) => (Drawn?.DistanceM(place) ?? At.DistanceMTo(place)) <= ReachM(options);

    /// <summary>How far from its place, or from what was drawn, metres.</summary>
    public double ReachM(SitesOptions options) => Kind == SiteNoteKind.Reported ? options.ReportedM : Drawn is null ? options.WorksM : options.DrawnWorksM;

    /// <summary>True for what was felt in works while they lasted.</summary>
    public bool Hides(Observation observation) => Kind == SiteNoteKind.Works && observation.FixMs >= FromMs && observation.FixMs <= UntilMs;
}
