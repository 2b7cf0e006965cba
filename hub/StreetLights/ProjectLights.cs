using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>Folds again each light that a batch speaks of. After sites, which keep the passes.</summary>
public sealed class ProjectLights(PoleMatch match, RefoldLights refold) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        SortedSet<string>? touched = null;
        foreach (var stored in records)
        {
            if (stored.Record.Lamp is { } lamp && match.Of(lamp) is { } light) (touched ??= new(StringComparer.Ordinal)).Add(light.Pole);
        }

        if (touched is null) return;
        foreach (var pole in touched) refold.Run(scope, pole);
    }
}
