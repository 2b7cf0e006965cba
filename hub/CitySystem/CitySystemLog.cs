namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Log messages 2800–2899.</summary>
internal static partial class CitySystemLog
{
    [LoggerMessage(2800, LogLevel.Error, "A step towards the city failed; its pushes are looked for from {At} on")]
    public static partial void StepFailed(this ILogger log, Exception e, DateTimeOffset at);

    [LoggerMessage(2801, LogLevel.Error, "The city has {Request} twice: {Remote} and {Second}; close one of them there")]
    public static partial void Doubled(this ILogger log, string request, string remote, string second);

    [LoggerMessage(2802, LogLevel.Warning, "Whether the city has {Request} is unknown: {Cause}; see GET /api/city/pushes?state=outcome-unknown")]
    public static partial void OutcomeUnknown(this ILogger log, string request, string cause);

    [LoggerMessage(2803, LogLevel.Warning, "{Request} could not be passed on to the city: {Cause}")]
    public static partial void PushFailed(this ILogger log, string request, string cause);

    [LoggerMessage(2804, LogLevel.Error, "The exchange with the city failed; the next round tries again")]
    public static partial void RoundFailed(this ILogger log, Exception e);

    [LoggerMessage(2805, LogLevel.Warning, "The city's changes could not be read: {Fault}")]
    public static partial void PullFailed(this ILogger log, string fault);

    [LoggerMessage(2806, LogLevel.Information, "The city's changes are read again")]
    public static partial void PullWorks(this ILogger log);
}
