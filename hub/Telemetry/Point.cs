namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>One point of a time series. The same measurement, tags and time again takes the earlier one's place.</summary>
/// <param name="Measurement">Its name.</param>
/// <param name="At">UTC; milliseconds count.</param>
/// <param name="Tags">What it is about. Empty values are left out.</param>
/// <param name="Fields">Numbers, units in their names. Null and what is not finite is left out.</param>
public sealed record Point(string Measurement, DateTimeOffset At, IReadOnlyList<(string Name, string? Value)> Tags, IReadOnlyList<(string Name, double? Value)> Fields);
