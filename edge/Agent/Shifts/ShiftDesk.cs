using System.Security.Cryptography;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Shifts;

/// <summary>
/// Signs crews on and off. Each change is a durable record before anything changes; signing off closes the gate first, so
/// that nothing with a place slips out while the record is written. A change that the disk did not take stays begun: asked
/// for again, it goes on as the same one.
/// </summary>
public sealed class ShiftDesk : IDisposable
{
    private const int MostMembers = 50;

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly ShiftGate gate;
    private readonly ShiftStore store;
    private readonly DiskOutbox outbox;
    private readonly DeviceClock clock;
    private Step? begun;
    private string? closed;
    private ShiftReceipt? signed;

    public ShiftDesk(ShiftGate gate, StateFile file, DiskOutbox outbox, DeviceClock clock)
    {
        this.gate = gate;
        this.outbox = outbox;
        this.clock = clock;
        store = new ShiftStore(file);
        if (gate.Kind != VehicleKind.Crewed || store.Read() is not { } stored) return;
        if (stored.State is ShiftState.On or ShiftState.Break or ShiftState.CallOut) gate.Change(stored);
        // Ended, and the power went before its record was known to be safe: once more is harmless.
        else if (stored.State == ShiftState.Off) begun = new Step(stored, outbox.Append(Record(stored), RecordPriority.Action));
    }

    /// <summary>Raised after the gate has changed.</summary>
    public event Action? Changed;

    /// <summary>The shift that ended here last, since the start of the program; null while one lasts.</summary>
    public EndedShift? LastEnded { get; private set; }

    /// <summary>Brings the vehicle into a state; a state it is already in changes nothing.</summary>
    /// <param name="state">On, break or call-out for a crew, or off.</param>
    /// <param name="crew">Required unless off or already signed on.</param>
    /// <param name="members">Pseudonyms; null leaves them as they are.</param>
    /// <param name="stop">Ends the wait, not the change.</param>
    /// <returns>The last record's name; null when nothing changed.</returns>
    /// <exception cref="ShiftRefusedException">No crew given, a vehicle without a crew, or no such state or id.</exception>
    /// <exception cref="OutboxException">The disk did not take it; signing off has taken effect all the same.</exception>
    public async ValueTask<RecordId?> ChangeAsync(ShiftState state, string? crew, string[]? members, CancellationToken stop)
    {
        if (gate.Kind == VehicleKind.SensorOnly) throw new ShiftRefusedException("this vehicle has no crew");
        if (state is ShiftState.Unknown) throw new ShiftRefusedException("the state is one of on, break, callOut, off");
        if (!string.IsNullOrEmpty(crew) && !Identifier.IsValid(crew)) throw new ShiftRefusedException($"a crew's id has {Identifier.Rule}");
        if (members is not null && (members.Length > MostMembers || !members.All(Identifier.IsValid)))
            throw new ShiftRefusedException($"at most {MostMembers} members, each id with {Identifier.Rule}");
        await one.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (closed is not null) throw new ShiftRefusedException(closed);
            if (begun is { } last && Asks(last.Shift, state, crew, members)) return await FinishAsync(stop).ConfigureAwait(false);
            if (begun is { Shift.State: ShiftState.Off }) await FinishAsync(stop).ConfigureAwait(false);
            var current = begun?.Shift ?? gate.Shift;
            crew = string.IsNullOrEmpty(crew) ? current?.Crew : crew;
            if (state == ShiftState.Off) return current is null ? null : await SignOffAsync(current, stop).ConfigureAwait(false);
            if (crew is null) throw new ShiftRefusedException("a sign-on names the crew");
            if (current is not null && current.Crew == crew)
            {
                return Asks(current, state, crew, members)
                    ? null
                    : await EnterAsync(current with { State = state, Members = members ?? current.Members }, stop).ConfigureAwait(false);
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
                    ActionsBefore = outbox.Standing().Actions,
                },
                stop).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Takes no more changes. Returns when what was asked for before is in the outbox.</summary>
    /// <param name="cause">Why, for the crew.</param>
    /// <param name="stop">Gives up.</param>
    public async Task CloseAsync(string cause, CancellationToken stop)
    {
        await one.WaitAsync(stop).ConfigureAwait(false);
        closed = cause;
        one.Release();
    }

    public void Dispose() => one.Dispose();

    private static bool Asks(Shift shift, ShiftState state, string? crew, string[]? members) =>
        shift.State == state
        && (state == ShiftState.Off
            || ((string.IsNullOrEmpty(crew) || crew == shift.Crew) && (members is null || members.AsSpan().SequenceEqual(shift.Members))));

    private async ValueTask<RecordId?> SignOffAsync(Shift current, CancellationToken stop)
    {
        var ended = current with { State = ShiftState.Off, Ended = clock.StampNow() };
        begun = new Step(ended, null);
        gate.Change(null);
        Changed?.Invoke();
        try
        {
            // Before the record: a power cut must not bring an ended shift back.
            store.Write(ended);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The record goes first then, and the file is tried again after it.
        }

        return await FinishAsync(stop).ConfigureAwait(false);
    }

    private ValueTask<RecordId?> EnterAsync(Shift next, CancellationToken stop)
    {
        begun = new Step(next, null);
        return FinishAsync(stop);
    }

    private async ValueTask<RecordId?> FinishAsync(CancellationToken stop)
    {
        var shift = begun!.Shift;
        var id = begun.Record
            ?? outbox.Append(Record(shift), RecordPriority.Action)
            ?? throw new OutboxException("the disk has taken nothing for so long that the outbox is full");
        begun = new Step(shift, id);
        await outbox.EnsureDurableAsync(id, stop).ConfigureAwait(false);
        try
        {
            if (shift.State == ShiftState.Off) store.Delete();
            else store.Write(shift);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutboxException($"the shift's file could not be written: {e.Message}", e);
        }

        begun = null;
        LastEnded = shift.State == ShiftState.Off ? new EndedShift(shift, signed!) : null;
        if (shift.State == ShiftState.Off) return id;
        gate.Change(shift);
        Changed?.Invoke();
        return id;
    }

    private WireRecord Record(Shift shift) => new()
    {
        Seq = 0,
        Stamp = shift.Ended ?? clock.StampNow(),
        Duty = new Duty(shift.Id, shift.Crew),
        Shift = new ShiftChange(shift.Id, shift.Crew, shift.State, shift.Members, shift.State == ShiftState.Off ? Receipt(shift) : null),
    };

    private ShiftReceipt Receipt(Shift shift)
    {
        var (actions, chains) = outbox.Standing();
        return signed = new ShiftReceipt(shift.Id, (int)Math.Max(0, actions - shift.ActionsBefore), chains);
    }

    /// <summary>A change under way.</summary>
    /// <param name="Shift">What it leads to.</param>
    /// <param name="Record">Its record; null before it was appended.</param>
    private sealed record Step(Shift Shift, RecordId? Record);
}
