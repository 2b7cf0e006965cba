using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>Folds sign-ons, breaks and sign-offs into shifts and each crew's present state, whatever order they arrive in.</summary>
public sealed class ProjectShifts(TrueTime times) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        var changes = records.Where(r => r.Record.Shift is not null).ToList();
        var shifts = changes.Select(c => (c.Record.Shift!.Shift, c.Record.Shift.Crew)).ToHashSet();
        foreach (var retimed in times.Retimed(scope, records))
        {
            if (CrewStore.Retime(scope, retimed) is { } moved) shifts.Add(moved);
        }

        foreach (var stored in changes)
        {
            var change = stored.Record.Shift!;
            var row = new ShiftChangeRow
            {
                Vehicle = stored.Vehicle,
                Epoch = stored.Epoch,
                Seq = stored.Record.Seq,
                WorkMs = times.MsOf(scope, stored),
                Shift = change.Shift,
                Crew = change.Crew,
                State = Word(change.State),
            };
            CrewStore.AddChange(scope, row, change.Members);
        }

        foreach (var shift in shifts.Select(s => s.Shift).Distinct().Order(StringComparer.Ordinal))
            CrewStore.SaveShift(scope, Shift.Fold(CrewStore.ChangesOfShift(scope, shift)));
        foreach (var crew in shifts.Select(s => s.Crew).Distinct().Order(StringComparer.Ordinal)) Refresh(scope, crew);
    }

    /// <summary>Brings a registered crew's present state up to its last change.</summary>
    internal static void Refresh(WriteScope scope, string crew)
    {
        if (CrewStore.FindSummary(scope, crew) is not { } before) return;
        if (CrewStore.LastOfCrew(scope, crew) is not { } last) return;
        var now = before with { Shift = last.State, Vehicle = last.State == Shift.Off ? null : last.Vehicle };
        if (now == before) return;
        CrewStore.SetPresent(scope, crew, now.Shift, now.Vehicle);
        scope.Raise(new CrewChanged(now));
    }

    private static string Word(ShiftState state) => state switch
    {
        ShiftState.Off => Shift.Off,
        ShiftState.Break => "break",
        ShiftState.CallOut => "callOut",
        // A newer vehicle's state: the crew is there, whatever it is called.
        _ => "on",
    };
}
