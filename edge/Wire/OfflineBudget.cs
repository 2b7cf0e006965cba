namespace ThreeOneOne.Field.Wire;

/// <summary>How long a vehicle can go on without the hub, and what ends it.</summary>
/// <param name="Days">Whole days until the first of <paramref name="Limits"/>.</param>
/// <param name="Limits">Days until each limit by name: "certificate", "disk".</param>
public sealed record OfflineBudget(int Days, Dictionary<string, int> Limits);
