using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Tells sites what a crew found out, or takes it back. Runs in the transaction of the work order.</summary>
public sealed class MarkSites(RefoldSites refold, SitesOptions options)
{
    /// <param name="scope">The caller's transaction.</param>
    /// <param name="source">The work order.</param>
    /// <param name="marks">
    /// What it found, the order's own place first: those of further places, named <c>source@…</c>, count where that one doesn't
    /// reach. None when it no longer says anything, such as after an undo.
    /// </param>
    public void Set(WriteScope scope, string source, IReadOnlyList<SiteMark> marks)
    {
        var before = ObservationStore.MarksFrom(new ObservationStore.Read(scope), source);
        var now = marks.Where((m, i) => i == 0 || m.Pole != marks[0].Pole || m.At.DistanceMTo(marks[0].At) > options.MarkM).ToList();
        var gone = before.Except(now).ToList();
        var come = now.Except(before).ToList();
        foreach (var mark in gone) ObservationStore.DeleteMark(scope, mark.Source);
        foreach (var mark in come) ObservationStore.SaveMark(scope, mark);
        foreach (var mark in gone.Concat(come)) refold.Marked(scope, mark);
    }
}
