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
}
