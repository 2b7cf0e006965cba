namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>Log messages 3300–3349.</summary>
internal static partial class FleetLog
{
    [LoggerMessage(3300, LogLevel.Error, "Looking at the fleet failed; the next round tries again")]
    public static partial void RoundFailed(this ILogger log, Exception e);
}
