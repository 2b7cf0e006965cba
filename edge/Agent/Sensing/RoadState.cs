namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>How the sensing of the road stands.</summary>
/// <param name="Now">Why it does not assess now; null while it does.</param>
/// <param name="Newest">Why it did not of late; null when it always did.</param>
/// <param name="Failed">What the sensor fails by; null when it works.</param>
public sealed record RoadState(NotAssessed? Now, NotAssessed? Newest, NotAssessed? Failed)
{
    /// <summary>What is wrong with the sensor, in words; null when nothing is.</summary>
    public string? Fault => Failed switch
    {
        NotAssessed.Stuck => "it gives the same reading again and again",
        NotAssessed.Saturated => "its range is too small for this road, or its wiring is broken",
        NotAssessed.NotANumber => "it gives what is no number",
        NotAssessed.TimeBackwards => "its time runs backwards",
        NotAssessed.TooSlowRate => "fewer than 30 readings a second",
        _ => null,
    };

    /// <summary>As the vehicle's health record carries it: <c>assessed</c>, <c>assessed, lately not: parked</c>, <c>not assessed: work</c>.</summary>
    public override string ToString() =>
        Now is { } now ? $"not assessed: {Word(now)}" : Newest is { } newest ? $"assessed, lately not: {Word(newest)}" : "assessed";

    public static string Word(NotAssessed reason) => reason switch
    {
        NotAssessed.NoSource => "no accelerometer",
        NotAssessed.Stuck => "sensor stuck",
        NotAssessed.Saturated => "sensor at the end of its range",
        NotAssessed.NotANumber => "sensor gives no number",
        NotAssessed.TimeBackwards => "time runs backwards",
        NotAssessed.TooSlowRate => "too few readings",
        NotAssessed.NotAligned => "mount not known yet",
        NotAssessed.Work => "equipment works",
        NotAssessed.Winter => "winter",
        NotAssessed.WorkZone => "work zone",
        NotAssessed.Parked => "standing or crawling",
        _ => "no good fix",
    };
}
