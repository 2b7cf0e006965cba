using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Crews;

/// <summary>A work order as the crew's screen shows it.</summary>
/// <param name="Id">Order id.</param>
/// <param name="Service">Service code.</param>
/// <param name="At">Where.</param>
/// <param name="Pole">Pole of a street light.</param>
/// <param name="State">The screen's word: assigned, accepted, arrived, started, suspended, made-safe, waiting, handed-over, temporary-repair, field-complete, could-not-complete.</param>
/// <param name="MustAcknowledge">The screen asks for somebody to say that it was read.</param>
public sealed record CrewOrder(string Id, string Service, GeoPoint At, string? Pole, string State, bool MustAcknowledge = false)
{
    public bool IsOpen => State is not ("field-complete" or "could-not-complete" or "temporary-repair" or "handed-over");
}
