using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>A fix of a vehicle that stands or creeps.</summary>
/// <param name="Fix">As the receiver says it.</param>
/// <param name="StillSeconds">How long its accelerometer has felt nothing; null: it has none.</param>
/// <param name="IgnitionOn">Its ignition.</param>
/// <param name="Truth">Where it is.</param>
/// <param name="Seconds">Since it began to count.</param>
internal readonly record struct ParkedFix(Fix Fix, double? StillSeconds, bool IgnitionOn, Place Truth, double Seconds);
