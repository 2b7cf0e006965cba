namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>How much later, by the times in its fixes, the receiver tells what the accelerometer felt.</summary>
/// <param name="Seconds">Of the receiver's filter, and of a clock that was set by sentences that came late.</param>
/// <param name="SigmaSeconds">One sigma of its error.</param>
public readonly record struct LagEstimate(double Seconds, double SigmaSeconds)
{
    /// <summary>How late its speed is, by braking alone, seconds; null: not known.</summary>
    public double? OfSpeedSeconds { get; init; }

    /// <summary>Changes of speed that it rests on.</summary>
    public int Brakings { get; init; }

    /// <summary>Shocks that it rests on which were felt on opposite courses.</summary>
    public int Pairs { get; init; }
}
