namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>Log messages 2500–2599.</summary>
internal static partial class CommandsLog
{
    [LoggerMessage(2500, LogLevel.Error, "Sending commands failed; the next round tries again")]
    public static partial void RoundFailed(this ILogger log, Exception e);
}
