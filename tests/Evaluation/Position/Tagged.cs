using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>One event of one pass: where it was felt, and where it was put.</summary>
/// <param name="Vehicle">Which vehicle and road.</param>
/// <param name="Event">Which of the road's events.</param>
/// <param name="Truth">Where the vehicle was.</param>
/// <param name="Centre">The middle of what lies across the road.</param>
/// <param name="Sky">What the receiver saw.</param>
/// <param name="Ours">By the agent; null: it would not say.</param>
/// <param name="LastFix">The newest fix that had been read.</param>
/// <param name="Interpolated">Between two fixes, as if times were true.</param>
/// <param name="Hdop">As the agent's place says.</param>
internal sealed record Tagged(int Vehicle, int Event, Place Truth, Place Centre, SkyAbove Sky, Place? Ours, Place LastFix, Place? Interpolated, double Hdop);
