namespace ThreeOneOne.Field.Hub.Verification;

internal static partial class VerificationLog
{
    [LoggerMessage(2550, LogLevel.Warning, "Repairs could not be looked at; again in {Every}")]
    public static partial void NotLooked(this ILogger log, Exception e, TimeSpan every);
}
