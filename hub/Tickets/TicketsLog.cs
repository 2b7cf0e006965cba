namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Log messages 2000–2099.</summary>
internal static partial class TicketsLog
{
    [LoggerMessage(2000, LogLevel.Information, "{Alerts} alerts raised for target dates that are near or past")]
    public static partial void AlertsRaised(this ILogger log, int alerts);

    [LoggerMessage(2001, LogLevel.Error, "Target dates could not be looked at; the next look tries again")]
    public static partial void WatchFailed(this ILogger log, Exception fault);
}
