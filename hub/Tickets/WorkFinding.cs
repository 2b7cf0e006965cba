namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What a crew's order found out about the defect.</summary>
/// <param name="Repaired">Fixed; false when there was nothing to fix.</param>
/// <param name="AtMs">Work time by GPS, Unix milliseconds.</param>
/// <param name="DeviceMs">The vehicle's wall clock, Unix milliseconds.</param>
/// <param name="Replay">GPS time is from a rebased recording.</param>
public sealed record WorkFinding(bool Repaired, long AtMs, long DeviceMs, bool Replay)
{
    /// <summary>Repair points, each with its own place and time.</summary>
    public IReadOnlyList<WorkPlace> Places { get; init; } = [];

    /// <summary>The job goes on: only what was filled is.</summary>
    public bool AtPlacesOnly { get; init; }
}
