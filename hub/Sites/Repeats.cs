namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// How much a pass counts beside what its vehicle said before. Two passes of one vehicle on one day share its receiver's
/// offset, its sensor's mounting and its wheel track, so the second is no independent witness of the same. A change of its
/// mind is: the errors stayed.
/// </summary>
internal sealed class Repeats(SitesOptions options)
{
    private readonly Dictionary<string, long> foundMs = [], missedMs = [];

    /// <param name="vehicle">Who passed.</param>
    /// <param name="startMs">When, Unix milliseconds; in canonical order.</param>
    /// <param name="found">Whether it speaks for the defect.</param>
    /// <returns>1 for a pass that stands for itself, less for a repeat.</returns>
    public double Share(string vehicle, long startMs, bool found)
    {
        var fullMs = found ? foundMs : missedMs;
        if (fullMs.TryGetValue(vehicle, out var since) && startMs - since < options.RepeatHours * 3_600_000) return options.RepeatShare;
        fullMs[vehicle] = startMs;
        return 1;
    }

    /// <summary>The place changed: who finds a defect there now repeats nobody.</summary>
    public void ForgetFound() => foundMs.Clear();
}
