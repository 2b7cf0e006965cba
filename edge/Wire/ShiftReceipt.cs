namespace ThreeOneOne.Field.Wire;

/// <summary>
/// What a vehicle recorded for a shift, signed off when the crew leaves it: with it the hub says how much of a shift is at
/// city hall and how much is still on the vehicle.
/// </summary>
/// <param name="Shift">Id of the shift.</param>
/// <param name="Actions">Crew actions that the screen called saved in this shift on this vehicle.</param>
/// <param name="Chains">Where each epoch's chain stood when it was signed; the sign-off record itself comes after.</param>
public sealed record ShiftReceipt(string Shift, int Actions, ChainHead[] Chains);
