namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>What is written down of a receiver.</summary>
/// <param name="LagSeconds">How late it was found to be.</param>
/// <param name="SigmaSeconds">One sigma of that.</param>
internal sealed record ReceiverNote(double LagSeconds, double SigmaSeconds);
