namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>How much later, by the times in its fixes, the receiver tells what the accelerometer felt.</summary>
/// <param name="Seconds">Of the receiver's filter, and of a clock that was set by sentences that came late.</param>
/// <param name="SigmaSeconds">One sigma of its error.</param>
public readonly record struct LagEstimate(double Seconds, double SigmaSeconds);
