namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>That one report repeats another request, and what undoing it needs.</summary>
public sealed record RequestLink
{
    public required string Child { get; init; }

    public required string Parent { get; init; }

    /// <summary>Counts the links of the child.</summary>
    public long N { get; init; }

    /// <summary>By rule; else by a person.</summary>
    public required bool ByRule { get; init; }

    /// <summary>Rests on where they are, not on a named asset or an address.</summary>
    public required bool ByPlace { get; init; }

    public required string Who { get; init; }

    /// <summary>Why they are the same, for people.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The child's stage before.</summary>
    public required string Stage { get; init; }

    /// <summary>What the child waited for then.</summary>
    public string? WaitReason { get; init; }

    /// <summary>Sites that went from the child to the parent.</summary>
    public required IReadOnlyList<string> Sites { get; init; }
}
