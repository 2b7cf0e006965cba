using System.Security.Cryptography;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Shifts;

/// <summary>
/// Signs crews on and off. Each change is a durable record before anything changes; signing off closes the gate first, so
/// that nothing with a place slips out while the record is written.
/// </summary>
public sealed class ShiftDesk : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly ShiftGate gate;
    private readonly ShiftStore store;
    private readonly DiskOutbox outbox;
    private readonly DeviceClock clock;

    public ShiftDesk(ShiftGate gate, string path, DiskOutbox outbox, DeviceClock clock)
    {
        this.gate = gate;
        this.outbox = outbox;
        this.clock = clock;
        store = new ShiftStore(path);
        if (gate.Kind == VehicleKind.Crewed) gate.Change(store.Read());
    }

    /// <summary>Raised after the gate has changed.</summary>
    public event Action? Changed;

    /// <summary>Brings the vehicle into a state; a state it is already in changes nothing.</summary>
    /// <param name="state">On, break or call-out for a crew, or off.</param>
    /// <param name="crew">Required unless off or already signed on.</param>
    /// <param name="members">Pseudonyms; null leaves them as they are.</param>
    /// <param name="stop">Ends the wait, not the change.</param>
    /// <returns>The last record's name; null when nothing changed.</returns>
    /// <exception cref="ShiftRefusedException">No crew given, a vehicle without a crew, or no such state.</exception>
    /// <exception cref="OutboxException">The disk did not take it; signing off has taken effect all the same.</exception>
    public async ValueTask<RecordId?> ChangeAsync(ShiftState state, string? crew, string[]? members, CancellationToken stop)
    {
        if (gate.Kind == VehicleKind.SensorOnly) throw new ShiftRefusedException("this vehicle has no crew");
        if (state is ShiftState.Unknown) throw new ShiftRefusedException("the state is one of on, break, callOut, off");
        await one.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var current = gate.Shift;
            crew ??= current?.Crew;
            if (state == ShiftState.Off) return current is null ? null : await SignOffAsync(current, stop).ConfigureAwait(false);
            if (string.IsNullOrEmpty(crew)) throw new ShiftRefusedException("a sign-on names the crew");
            if (current is not null && current.Crew == crew)
            {
                var same = current.State == state && (members is null || members.AsSpan().SequenceEqual(current.Members));
                return same ? null : await EnterAsync(current with { State = state, Members = members ?? current.Members }, stop).ConfigureAwait(false);
            }

            // Another crew takes over: the first one's shift ends here.
            if (current is not null) await SignOffAsync(current, stop).ConfigureAwait(false);
            return await EnterAsync(
                new Shift
                {
                    Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                    Crew = crew,
                    State = state,
                    Members = members ?? [],
                    Since = clock.Now,
                    Boot = clock.Boot,
                    SinceMonotonicMs = clock.MonotonicMs,
                },
                stop).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async ValueTask<RecordId?> SignOffAsync(Shift current, CancellationToken stop)
    {
        gate.Change(null);
        store.Write(null);
        Changed?.Invoke();
        return await RecordAsync(current with { State = ShiftState.Off }, stop).ConfigureAwait(false);
    }

    private async ValueTask<RecordId?> EnterAsync(Shift next, CancellationToken stop)
    {
        var id = await RecordAsync(next, stop).ConfigureAwait(false);
        store.Write(next);
        gate.Change(next);
        Changed?.Invoke();
        return id;
    }

    private ValueTask<RecordId> RecordAsync(Shift shift, CancellationToken stop) => outbox.AppendDurableAsync(
        new WireRecord
        {
            Seq = 0,
            Stamp = clock.StampNow(),
            Duty = new Duty(shift.Id, shift.Crew),
            Shift = new ShiftChange(shift.Id, shift.Crew, shift.State, shift.Members),
        },
        RecordPriority.Action,
        stop);
}
