using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>Tells sites where the road is being worked on or lies under plates, and since and until when.</summary>
public sealed class NoteWorks(NoteSites notes)
{
    public void Follow(WriteScope scope, string id)
    {
        if (HazardStore.Find(scope, id) is not { Kind: HazardKind.WorkZone or HazardKind.SteelPlates } works) return;
        // Who takes a report back says that there never were any.
        var isTakenBack = works is { EndedMs: not null, EndedBy: null };
        var source = $"danger:{id}";
        notes.Set(scope, source, isTakenBack ? null : new SiteNote(source, SiteNoteKind.Works, works.At, works.AtMs, Math.Min(works.UntilMs, works.EndedMs ?? long.MaxValue)));
    }
}
