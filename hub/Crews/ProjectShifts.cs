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

        Refold(scope, shifts.Select(s => s.Shift), shifts.Select(s => s.Crew));
    }

    /// <summary>Ends a shift that nobody signed off, at its longest.</summary>
    /// <returns>False when it has been prolonged or ended meanwhile.</returns>
    internal static bool EndByRule(WriteScope scope, string shift, TimeSpan longest)
    {
        var changes = CrewStore.ChangesOfShift(scope, shift);
        if (changes.Count == 0 || CrewStore.FindShift(scope.Connection, shift, scope.Transaction) is not { To: null }) return false;
        var last = changes[^1];
        var endMs = last.WorkMs + (long)longest.TotalMilliseconds;
        if (endMs > scope.Now.ToUnixTimeMilliseconds()) return false;
        CrewStore.AddChange(
            scope,
            new ShiftChangeRow { Vehicle = last.Vehicle, Epoch = ShiftChangeRow.RuleEpoch, Seq = endMs, WorkMs = endMs, Shift = shift, Crew = last.Crew, State = Shift.Off },
            []);
        Refold(scope, [shift], [last.Crew]);
        return true;
    }

    /// <summary>Enters what no vehicle reported.</summary>
    internal static void Enter(WriteScope scope, ShiftChangeRow change, IReadOnlyList<string> members)
    {
        CrewStore.AddChange(scope, change, members);
        Refold(scope, [change.Shift], [change.Crew]);
    }

    /// <summary>Brings a registered crew's present state up to its last change.</summary>
    internal static void Refresh(WriteScope scope, string crew)
    {
        if (CrewStore.FindSummary(scope, crew) is not { } before) return;
        if (CrewStore.LastOfCrew(scope.Connection, scope.Transaction, crew) is not { } last) return;
        var now = before with { Shift = last.State, Vehicle = last.State == Shift.Off || last.Vehicle == ShiftChangeRow.NoVehicle ? null : last.Vehicle };
        if (now == before) return;
        CrewStore.SetPresent(scope, crew, now.Shift, now.Vehicle);
        scope.Raise(new CrewChanged(now));
    }

    private static void Refold(WriteScope scope, IEnumerable<string> shifts, IEnumerable<string> crews)
    {
        var ofCrews = crews.Distinct().Order(StringComparer.Ordinal).ToList();
        // A sign-on elsewhere ends a shift that was forgotten, and one that turns up late may end it earlier.
        var all = shifts.Concat(ofCrews.SelectMany(c => CrewStore.UnsignedShifts(scope, c))).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var shift in all)
        {
            if (CrewStore.ChangesOfShift(scope, shift) is { Count: > 0 } changes)
                CrewStore.SaveShift(scope, Shift.Fold(changes, after => CrewStore.NextElsewhere(scope, changes[^1].Crew, shift, after)));
        }

        foreach (var crew in ofCrews) Refresh(scope, crew);
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
