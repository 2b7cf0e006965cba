namespace ThreeOneOne.Field.Wire;

/// <summary>How the vehicle's computer and its sources are. Carries no place: it may leave the vehicle off shift.</summary>
public sealed record VehicleHealth
{
    public bool? Ignition { get; init; }

    public double? CpuTemperatureC { get; init; }

    public long? DiskFreeBytes { get; init; }

    /// <summary>Records in the outbox that the hub has not acknowledged.</summary>
    public int Unsent { get; init; }

    /// <summary>Crew actions among <see cref="Unsent"/>.</summary>
    public int UnsentActions { get; init; }

    /// <summary>How the computer is; null from an agent that does not look.</summary>
    public ComputerHealth? Computer { get; init; }

    /// <summary>Whether the road is assessed, and if not why: <c>assessed</c>, <c>not assessed: sensor stuck</c>; null from an agent that does not say.</summary>
    public string? Road { get; init; }

    /// <summary>Seconds in which the road was assessed since the agent's start; null from an agent that does not say.</summary>
    public long? RoadAssessed { get; init; }

    /// <summary>Seconds in which the road was not assessed since the agent's start, by reason.</summary>
    public Dictionary<string, long>? RoadNotAssessed { get; init; }

    /// <summary>How late the position receiver is; null while nothing tells it, and from an agent that does not say.</summary>
    public ReceiverLag? ReceiverLag { get; init; }

    /// <summary>State of each source by name ("position", "motion", "light"): ok, stale, missing, and why.</summary>
    public Dictionary<string, string>? Sources { get; init; }
}
