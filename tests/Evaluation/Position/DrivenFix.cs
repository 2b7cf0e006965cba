using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>A fix of a simulated drive.</summary>
/// <param name="Seconds">When its time says it was, since the drive began.</param>
/// <param name="ReadAt">When it was read.</param>
/// <param name="Fix">As the agent hands it on.</param>
internal readonly record struct DrivenFix(double Seconds, double ReadAt, Fix Fix);
