namespace ThreeOneOne.Field.Wire;

/// <summary>A crew signed on to or off a vehicle, or changed its state.</summary>
/// <param name="Shift">Id of the shift, made by the vehicle at sign-on.</param>
/// <param name="Crew">Crew id from the hub's registry.</param>
/// <param name="State">The state from <see cref="WireRecord.Stamp"/> on.</param>
/// <param name="Members">Pseudonymous ids of the members on board.</param>
/// <param name="Receipt">At sign-off: what this vehicle recorded in the shift.</param>
public sealed record ShiftChange(string Shift, string Crew, ShiftState State, string[] Members, ShiftReceipt? Receipt = null);
