namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Tells a repaired place from one that vehicles happen to miss: passes in a row, by more than one vehicle, that would all
/// miss the defect only by a small chance, given how often passes found it before. A hole that every other pass misses needs
/// a longer run than one that every wheel hits.
/// </summary>
internal sealed class MissRun(SitesOptions options)
{
    private readonly HashSet<string> vehicles = [];
    private int found, missedBefore, length;

    /// <summary>Sum of the weights of the present run, log-odds.</summary>
    public double Evidence { get; private set; }

    /// <summary>Takes the next pass; true when it completes a run that shows that the place changed.</summary>
    public bool ShowsChange(double weight, string vehicle)
    {
        if (weight > 0)
        {
            found++;
            missedBefore += length;
            (length, Evidence) = (0, 0);
            vehicles.Clear();
            return false;
        }

        length++;
        Evidence += weight;
        vehicles.Add(vehicle);
        // Laplace's rule: one hit and one miss more than seen, so that few passes claim little.
        var miss = (missedBefore + 1.0) / (found + missedBefore + 2);
        if (found == 0 || length < options.ChangePasses || vehicles.Count < options.ChangeVehicles || Math.Pow(miss, length) > options.ChangeChance) return false;
        (found, missedBefore) = (0, 0);
        return true;
    }
}
