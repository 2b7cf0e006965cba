namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>A lamp as a fit sees it.</summary>
/// <param name="EastM">Where the inventory has it, metres from the closest approach.</param>
/// <param name="NorthM">The same.</param>
/// <param name="UsualCd">What a usual lit one of its fixture gives, the sensor's scale included.</param>
internal readonly record struct LampPlace(double EastM, double NorthM, double UsualCd);
