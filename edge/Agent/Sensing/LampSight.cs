namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>What was seen at a pole, before anything is concluded from it.</summary>
/// <param name="PeakLux">Highest illuminance in the window about the closest approach.</param>
/// <param name="FloorLux">Floor of the stretch.</param>
/// <param name="BumpLux">How far the peak stands above the lower ground on both of its sides: a light of its own rises and falls.</param>
/// <param name="PoleDistanceM">Distance to the pole where the peak was.</param>
/// <param name="Others">The other poles near the peak, with their distances from it.</param>
/// <param name="Samples">Readings in the window.</param>
/// <param name="Curve">Tenths of a lux along the pass.</param>
internal sealed record LampSight(
    double PeakLux, double FloorLux, double BumpLux, double PoleDistanceM,
    IReadOnlyList<(Pole Pole, double DistanceM)> Others, int Samples, int[] Curve)
{
    public double AboveFloorLux => PeakLux - FloorLux;

    public double NearestOtherM => Others.Count == 0 ? double.MaxValue : Others.Min(o => o.DistanceM);
}
