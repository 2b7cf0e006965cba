namespace ThreeOneOne.Field.Hub.Tickets;

internal static partial class ReviewLog
{
    [LoggerMessage(2090, LogLevel.Warning, "Held requests could not be looked at; again in {Every}")]
    public static partial void NotReleased(this ILogger log, Exception e, TimeSpan every);
}
