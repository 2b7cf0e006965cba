namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>Why one row of a city's file was not taken.</summary>
/// <param name="Line">Where the row begins in the file, counted from 1 as an editor counts.</param>
/// <param name="Row">What the row calls itself; null when that cannot be told.</param>
/// <param name="Reason">The kind of fault, to count by: one of <see cref="RowReason"/>.</param>
/// <param name="Cause">What is wrong with this row.</param>
/// <param name="Remedy">What would make it right.</param>
public sealed record RowFault(long Line, string? Row, string Reason, string Cause, string Remedy)
{
    public override string ToString() => $"line {Line}{(Row is null ? "" : $" ({Row})")}: {Cause}: {Remedy}";
}
