using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Updates;

/// <summary>Log messages 5850–5899.</summary>
internal static partial class UpdatesLog
{
    [LoggerMessage(5850, LogLevel.Information, "Version {Version} is ready and is tried at the next start")]
    public static partial void Ready(this ILogger log, string version);

    [LoggerMessage(5851, LogLevel.Information, "Version {Version} has proven itself")]
    public static partial void Proven(this ILogger log, string version);

    [LoggerMessage(5852, LogLevel.Error, "Version {Version} is taken back: {Reason}")]
    public static partial void TakenBack(this ILogger log, string version, string reason);

    [LoggerMessage(5853, LogLevel.Warning, "An update is refused: {Reason}")]
    public static partial void Refused(this ILogger log, string reason);

    [LoggerMessage(5854, LogLevel.Information, "The hub's door was not reached for updates: {Reason}")]
    public static partial void NotReached(this ILogger log, string reason);
}
