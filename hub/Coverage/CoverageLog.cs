namespace ThreeOneOne.Field.Hub.Coverage;

internal static partial class CoverageLog
{
    [LoggerMessage(3000, LogLevel.Warning, "Old hours of street coverage could not be removed; again in {Every}")]
    public static partial void NotLetGo(this ILogger log, Exception e, TimeSpan every);
}
