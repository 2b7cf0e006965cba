using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>Keeps the dangers that crews report, and ends what they take back. Which of the two comes first makes no difference.</summary>
public sealed class ProjectHazards(HazardsOptions options, TrueTime times, NoteWorks works) : IProjection
{
    private const int LongestKind = 32;

    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        var changed = false;
        foreach (var stored in records.Where(r => r.Record.Action is { Kind: CrewActionKind.Hazard })) changed |= Keep(scope, stored);
        foreach (var stored in records.Where(r => r.Record.Action is { Kind: CrewActionKind.Undo, Undoes: not null }))
        {
            var id = HazardCopy.IdOf(stored.Record.Action!.Undoes!);
            changed |= HazardStore.End(scope, id, null, times.MsOf(scope, stored));
            works.Follow(scope, id);
        }

        if (changed) scope.Raise(new HazardsChanged());
    }

    private bool Keep(WriteScope scope, StoredRecord stored)
    {
        var action = stored.Record.Action!;
        // A kind of a newer vehicle is a danger all the same.
        if (action is not { At: { IsPlausible: true } at, Hazard: { Length: > 0 and <= LongestKind } kind }) return false;
        var atMs = times.MsOf(scope, stored);
        var id = HazardCopy.IdOf(action.Id);
        var isNew = HazardStore.Add(scope, new HazardReport
        {
            Id = id, Kind = kind, At = at, AtMs = atMs, UntilMs = atMs + (long)options.Lasts(kind).TotalMilliseconds,
            ReceivedMs = stored.ReceivedTime.ToUnixTimeMilliseconds(), Crew = stored.Record.Duty?.Crew, Vehicle = stored.Vehicle,
            EndedMs = OrderEventStore.UndoneAt(scope, action.Id),
        });
        works.Follow(scope, id);
        return isNew;
    }
}
