namespace ThreeOneOne.Field.Hub.Updates;

/// <summary>What a vehicle said when it asked last.</summary>
/// <param name="Vehicle">Which.</param>
/// <param name="Running">The version that runs.</param>
/// <param name="Failed">The version that it took back last.</param>
/// <param name="Reason">Why.</param>
/// <param name="Refused">Why it did not take what it was offered.</param>
/// <param name="SeenMs">When, Unix milliseconds.</param>
internal sealed record VehicleReport(string Vehicle, string Running, string? Failed, string? Reason, string? Refused, long SeenMs);
