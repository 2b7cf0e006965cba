using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// Observations on their way to the outbox: refused off shift, and on vehicles without a crew refused unless they are cut
/// to a street segment.
/// </summary>
public sealed class GatedObservations(ShiftGate gate, DiskOutbox outbox) : IObservationSink
{
    private long refused;

    /// <summary>Observations that were not let through since the start.</summary>
    public long Refused => Interlocked.Read(ref refused);

    public async ValueTask AcceptAsync(Observation observation, CancellationToken stop)
    {
        var passage = gate.Pass(observation.Stamp);
        var segment = observation.Lamp?.Segment ?? observation.Shock?.Segment ?? observation.Roughness?.Segment;
        if (!passage.Allowed || (gate.Kind == VehicleKind.SensorOnly && segment is null))
        {
            Interlocked.Increment(ref refused);
            return;
        }

        var record = new WireRecord
        {
            Seq = 0,
            Stamp = observation.Stamp,
            Duty = passage.Duty,
            Lamp = observation.Lamp,
            Shock = observation.Shock,
            Roughness = observation.Roughness,
        };
        if (!IsFault(observation))
        {
            outbox.Append(record, RecordPriority.Fault);
            return;
        }

        try
        {
            await outbox.AppendDurableAsync(record, RecordPriority.Fault, stop).ConfigureAwait(false);
        }
        catch (OutboxException)
        {
            // The outbox keeps it in memory, tries again and has said so; sensing goes on.
        }
    }

    // A fault is worth an fsync of its own; what speaks against one travels with the next group.
    private static bool IsFault(Observation observation) =>
        observation.Shock is not null || observation.Lamp is { Verdict: LampVerdict.Dark };
}
