namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Learns that what is felt at a place is a casting, a joint or a hump: it stays there, so its evidence doesn't fade, and what later
/// looks like a pothole there is mostly that.
/// </summary>
internal sealed class LearnedStructure(PotholePlace place, SitesOptions options)
{
    private double odds, named;

    /// <summary>What is left of a vote for a pothole here.</summary>
    public double Leaves => odds >= options.StructureAt && named >= options.StructurePasses ? options.StructureLeaves : 1;

    /// <param name="speaker">What a pass said.</param>
    /// <param name="share">What the pass counts.</param>
    public void Take(Observation speaker, double share)
    {
        var said = PotholeVote.Structure(speaker, place) * share;
        if (said > 0) named += share;
        // Bounded, so that a hole that breaks beside a frame shows after some passes.
        odds = Math.Clamp(odds + said, -options.StructureAt, 2 * options.StructureAt);
    }
}
