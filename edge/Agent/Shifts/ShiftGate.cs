using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Shifts;

/// <summary>
/// The one gate through which everything with a place passes: live positions, tracks, observations, actions. A crewed
/// vehicle lets them pass only on shift, and only what was read since the sign-on; a vehicle without a crew always.
/// Whatever carries a place asks here and takes its <see cref="Duty"/> from the answer.
/// </summary>
public sealed class ShiftGate(VehicleKind kind)
{
    private volatile Shift? shift;

    public VehicleKind Kind => kind;

    /// <summary>The shift on board; null off shift and on vehicles without a crew.</summary>
    public Shift? Shift => shift;

    public ShiftState State => shift?.State ?? ShiftState.Off;

    /// <summary>Asks for something that was read at this time.</summary>
    /// <param name="boot">Boot in which it was read.</param>
    /// <param name="monotonicMs">Monotonic clock when it was read.</param>
    public Passage Pass(string boot, long monotonicMs)
    {
        if (kind == VehicleKind.SensorOnly) return Passage.WithoutCrew;
        var current = shift;
        if (current is null) return Passage.Refused;
        if (current.Boot == boot && monotonicMs < current.SinceMonotonicMs) return Passage.Refused;
        return new Passage(true, new Duty(current.Id, current.Crew), current);
    }

    public Passage Pass(Stamp stamp) => Pass(stamp.Boot, stamp.MonotonicMs);

    internal void Change(Shift? to) => shift = to;
}
