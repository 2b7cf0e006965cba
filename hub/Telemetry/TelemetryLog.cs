namespace ThreeOneOne.Field.Hub.Telemetry;

internal static partial class TelemetryLog
{
    [LoggerMessage(3100, LogLevel.Warning, "The fleet could not be measured")]
    public static partial void NotMeasured(this ILogger log, Exception e);

    [LoggerMessage(3101, LogLevel.Warning, "The time series store does not take points ({Cause}); again in {Pause}")]
    public static partial void NotDelivered(this ILogger log, string cause, TimeSpan pause);

    [LoggerMessage(3102, LogLevel.Information, "The time series store takes points again")]
    public static partial void DeliversAgain(this ILogger log);

    [LoggerMessage(3103, LogLevel.Error, "The time series store refused {Points} points for good: {Cause}")]
    public static partial void Refused(this ILogger log, int points, string cause);

    [LoggerMessage(3104, LogLevel.Error, "Telemetry failed; again in {Pause}")]
    public static partial void Failed(this ILogger log, Exception e, TimeSpan pause);
}
