using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Shifts;

/// <summary>A shift that has ended, with what the vehicle signed for.</summary>
public sealed record EndedShift(Shift Shift, ShiftReceipt Receipt);
