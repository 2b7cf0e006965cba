using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Shifts;

/// <summary>The shift on board: who, since when, in which state. Off shift there is none.</summary>
public sealed record Shift
{
    /// <summary>Made by the vehicle at sign-on.</summary>
    public required string Id { get; init; }

    public required string Crew { get; init; }

    /// <summary>On, break or call-out; off only in the file, while the end's record is on its way to the disk.</summary>
    public required ShiftState State { get; init; }

    /// <summary>Pseudonymous ids of the members on board.</summary>
    public string[] Members { get; init; } = [];

    public required DateTimeOffset Since { get; init; }

    /// <summary>Boot and monotonic clock at sign-on: what was read before belongs to nobody's shift.</summary>
    public required string Boot { get; init; }

    public required long SinceMonotonicMs { get; init; }

    /// <summary>Crew actions that this vehicle had recorded before the sign-on.</summary>
    public long ActionsBefore { get; init; }

    /// <summary>When it ended; null while it lasts.</summary>
    public Stamp? Ended { get; init; }
}
