namespace ThreeOneOne.Field.Agent.Console;

/// <summary>A danger near, as the screen shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">One of <see cref="Wire.HazardKind.All"/>, or a newer hub's word.</param>
/// <param name="Lat">Degrees north.</param>
/// <param name="Lon">Degrees east.</param>
/// <param name="Since">When it was last seen.</param>
/// <param name="DistanceM">From the latest fix, metres; null without one.</param>
/// <param name="BearingDeg">From the latest fix, degrees from north; null without one.</param>
/// <param name="Own">Reported from this vehicle.</param>
public sealed record ConsoleHazard(string Id, string Kind, double Lat, double Lon, DateTimeOffset Since, double? DistanceM, double? BearingDeg, bool Own);
