namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// What a record takes the place of. It stands in the record's own frame, so that both become durable at once: whatever
/// is interrupted afterwards, the next start finishes it, and nothing is sent under two names.
/// </summary>
internal sealed record Origin
{
    /// <summary>Number of the draft block that this record is; null for none.</summary>
    public long? Draft { get; init; }

    /// <summary>Epoch of the records that it replaces; null for none.</summary>
    public string? Epoch { get; init; }

    /// <summary>Their numbers, inclusive ranges of two.</summary>
    public long[][]? Ranges { get; init; }
}
