namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Log messages 1100–1199.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(1100, LogLevel.Error, "{Messages} messages could not be stored; tried again after {Delay}")]
    public static partial void NotStored(this ILogger log, Exception e, int messages, TimeSpan delay);

    [LoggerMessage(1101, LogLevel.Error, "Record {Vehicle}/{Epoch}/{Seq} is kept aside: a capability failed on it")]
    public static partial void ProjectionFailed(this ILogger log, Exception e, string vehicle, string epoch, long seq);

    [LoggerMessage(1102, LogLevel.Error, "{Statuses} statuses and {Asides} refused live messages could not be stored")]
    public static partial void LiveNotStored(this ILogger log, Exception e, int statuses, int asides);

    [LoggerMessage(1103, LogLevel.Information, "Kept long enough: {Days} days of tracks and {Rows} records were removed")]
    public static partial void LetGo(this ILogger log, int days, long rows);

    [LoggerMessage(1104, LogLevel.Error, "What was kept long enough could not be removed; tried again after {Delay}")]
    public static partial void NotLetGo(this ILogger log, Exception e, TimeSpan delay);
}
