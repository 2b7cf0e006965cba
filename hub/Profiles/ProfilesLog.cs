namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>Log messages 3450–3499.</summary>
internal static partial class ProfilesLog
{
    [LoggerMessage(3450, LogLevel.Error, "Sending profiles failed; the next round tries again")]
    public static partial void RoundFailed(this ILogger log, Exception e);
}
