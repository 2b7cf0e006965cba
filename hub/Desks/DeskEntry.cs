namespace ThreeOneOne.Field.Hub.Desks;

/// <summary>One line of a desk's log.</summary>
public sealed record DeskEntry
{
    public const string TakeOver = "take-over";
    public const string Note = "note";

    public required long Id { get; init; }

    public required string Desk { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>take-over</c> or <c>note</c>.</summary>
    public required string Kind { get; init; }

    public required string Who { get; init; }

    /// <summary>Who had the desk before a take-over; null: nobody.</summary>
    public string? From { get; init; }

    public required string Notes { get; init; }

    /// <summary>What was open at that moment, so that the next one sees what was taken over.</summary>
    public required DeskCounts Counts { get; init; }
}
