namespace ThreeOneOne.Field.Hub.Live;

/// <summary>An open request as a map draws it.</summary>
public sealed record RequestDot(string Number, string Service, double Lat, double Lon, int Priority, string Stage, DateTimeOffset? TargetAt);
