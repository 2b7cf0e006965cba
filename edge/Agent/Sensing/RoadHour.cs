namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>An hour of sensing the road.</summary>
/// <param name="Hour">Hours since 1970, by the vehicle's clock.</param>
/// <param name="Assessed">Seconds in which the road was assessed.</param>
/// <param name="NotAssessed">Seconds in which it was not, by reason.</param>
public sealed record RoadHour(long Hour, long Assessed, Dictionary<string, long> NotAssessed);
