namespace ThreeOneOne.Field.Wire;

/// <summary>
/// How late the position receiver was found to be: by so much is what its fixes tell older than what the accelerometer felt at their time. The
/// delay of a clock that is set by its sentences is in it.
/// </summary>
public sealed record ReceiverLag
{
    /// <summary>Of its place, milliseconds; what sensing corrects by.</summary>
    public int LagMs { get; init; }

    /// <summary>One standard error of that, milliseconds.</summary>
    public int SigmaMs { get; init; }

    /// <summary>Of its speed, milliseconds, by braking alone; null while not known.</summary>
    public int? OfSpeedMs { get; init; }

    /// <summary>Changes of speed that it rests on.</summary>
    public int Brakings { get; init; }

    /// <summary>Shocks felt again on the opposite course that it rests on.</summary>
    public int Pairs { get; init; }
}
