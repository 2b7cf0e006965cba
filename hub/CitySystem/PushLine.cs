namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>One line of what happened to a push.</summary>
public sealed record PushLine(DateTimeOffset At, string What);
