namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>A danger at a place, as the office sees it. Vehicles are never told who reported it.</summary>
/// <param name="Id">Of the report seen last.</param>
/// <param name="Kind">One of <see cref="Wire.HazardKind.All"/>.</param>
/// <param name="Lat">Degrees north.</param>
/// <param name="Lon">Degrees east.</param>
/// <param name="At">When it was last seen, work time.</param>
/// <param name="Until">When it counts no longer.</param>
/// <param name="Reports">How many reports of this kind lie within <see cref="HazardsOptions.SameM"/> of it.</param>
/// <param name="Crew">Crew id of the last report; null: the office.</param>
/// <param name="CrewName">Its name.</param>
/// <param name="Vehicle">From which vehicle.</param>
/// <param name="Who">Who of the office reported it.</param>
/// <param name="EndedAt">When it was ended or taken back.</param>
/// <param name="EndedBy">Who of the office ended it; null of an ended one: the crew took it back.</param>
public sealed record Hazard(
    string Id, string Kind, double Lat, double Lon, DateTimeOffset At, DateTimeOffset Until, int Reports, string? Crew, string? CrewName, string? Vehicle, string? Who,
    DateTimeOffset? EndedAt, string? EndedBy);
