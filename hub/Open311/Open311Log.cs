namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>Log messages 2700–2799. None names a resident, or says what one wrote.</summary>
internal static partial class Open311Log
{
    [LoggerMessage(2700, LogLevel.Information, "Forgot who sent {Count} reports: they have been kept for as long as Open311:ReporterDays says")]
    public static partial void Forgot(this ILogger log, int count);

    [LoggerMessage(2701, LogLevel.Error, "Could not forget reporters; tried again in {Every}")]
    public static partial void NotForgotten(this ILogger log, Exception e, TimeSpan every);
}
