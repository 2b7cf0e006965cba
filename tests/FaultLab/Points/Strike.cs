namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>A fault that struck.</summary>
/// <param name="Detail">How, for the list of points.</param>
/// <param name="UnderWay">True when work was there at that moment that the other side had not acknowledged: only then it is a point.</param>
/// <param name="Steps">Steps of a record's way that it struck.</param>
internal sealed record Strike(string Detail, bool UnderWay, params Step[] Steps);
