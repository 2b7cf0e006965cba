namespace ThreeOneOne.Field.Hub.Live;

/// <summary>Log messages 1500–1599.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(1500, LogLevel.Error, "A tick of the live feed failed")]
    public static partial void TickFailed(this ILogger log, Exception e);
}
