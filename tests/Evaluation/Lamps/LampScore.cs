using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>What was made of lights of which the truth is known.</summary>
internal sealed class LampScore
{
    public int Out { get; private set; }

    public int Found { get; private set; }

    public int Lit { get; private set; }

    public int Wrong { get; private set; }

    public double Recall => (double)Found / Out;

    public double FalsePer1000 => 1000.0 * Wrong / Lit;

    /// <summary>Counts lights that are out and lights that work; those that are half broken are another question.</summary>
    public void Take(LampFaultKind? truth, bool saidOut)
    {
        if (truth == LampFaultKind.Out)
        {
            Out++;
            if (saidOut) Found++;
        }
        else if (truth is null)
        {
            Lit++;
            if (saidOut) Wrong++;
        }
    }

    /// <summary>What the hub's own fold says of a pole.</summary>
    public static Site Fold(string pole, IEnumerable<Observation> passes, SitesOptions options)
    {
        var inOrder = passes.ToList();
        inOrder.Sort(Observation.Canonical);
        var identity = new Site { Id = Site.LampId(pole), Kind = SiteKind.Lamp, Pole = pole, At = inOrder[0].At };
        return SiteFold.Fold(identity, inOrder, [], KnownStructures.None, options).Site;
    }
}
