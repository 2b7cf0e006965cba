using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Tells sites what a crew found out, or takes it back. Runs in the transaction of the work order.</summary>
public sealed class MarkSites(RefoldSites refold)
{
    /// <param name="scope">The caller's transaction.</param>
    /// <param name="source">The work order.</param>
    /// <param name="mark">What it found; null when it no longer says anything, such as after an undo.</param>
    public void Set(WriteScope scope, string source, SiteMark? mark)
    {
        var before = ObservationStore.Mark(new ObservationStore.Read(scope), source);
        if (before == mark) return;
        if (mark is null) ObservationStore.DeleteMark(scope, source);
        else ObservationStore.SaveMark(scope, mark);
        if (before is not null && before.At != mark?.At) refold.Marked(scope, before);
        if (mark is not null) refold.Marked(scope, mark);
        else if (before is not null) refold.Marked(scope, before);
    }
}
