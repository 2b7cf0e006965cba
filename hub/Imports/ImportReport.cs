namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>What became of the rows of one file.</summary>
public sealed record ImportReport
{
    /// <summary>What the file was read as: <c>street-lights</c>, <c>road-structures</c>, <c>work-zones</c>, <c>requests</c>, <c>streets</c>, <c>intersections</c>.</summary>
    public required string Kind { get; init; }

    public required string File { get; init; }

    public required string Who { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>It only said what would have been done.</summary>
    public bool DryRun { get; init; }

    /// <summary>Rows in the file.</summary>
    public long Read { get; init; }

    /// <summary>New ones.</summary>
    public long Imported { get; init; }

    /// <summary>Known ones that are different now.</summary>
    public long Changed { get; init; }

    /// <summary>Known ones that are the same.</summary>
    public long Unchanged { get; init; }

    /// <summary>Good ones that nobody asked for, such as closed requests.</summary>
    public long Skipped { get; init; }

    /// <summary>Known ones that a file which replaces its layer doesn't name.</summary>
    public long Removed { get; init; }

    public long Rejected { get; init; }

    /// <summary>The file was to replace its layer and removed nothing: some of its rows have no id, so that what it leaves out is not known.</summary>
    public bool IsKept { get; init; }

    /// <summary>How many were rejected, by <see cref="RowReason"/>.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    /// <summary>The first <see cref="ImportTally.MostKept"/> that were rejected.</summary>
    public required IReadOnlyList<RowFault> Faults { get; init; }
}
