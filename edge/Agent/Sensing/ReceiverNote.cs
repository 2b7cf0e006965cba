namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>What is written down of a receiver.</summary>
/// <param name="LagSeconds">How late it was found to be.</param>
/// <param name="SigmaSeconds">One sigma of that.</param>
/// <param name="OfSpeedSeconds">How late its speed was then; null: not known.</param>
/// <param name="Brakings">Changes of speed that it rests on.</param>
/// <param name="Pairs">Shocks felt on opposite courses that it rests on. Their places are not written down.</param>
internal sealed record ReceiverNote(double LagSeconds, double SigmaSeconds, double? OfSpeedSeconds = null, int Brakings = 0, int Pairs = 0);
