using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Updates;

/// <summary>Log messages 6200–6249.</summary>
internal static partial class UpdatesLog
{
    [LoggerMessage(6200, LogLevel.Information, "Version {Version} is ready and is tried at the next start")]
    public static partial void Ready(this ILogger log, string version);

    [LoggerMessage(6201, LogLevel.Information, "Version {Version} has proven itself")]
    public static partial void Proven(this ILogger log, string version);

    [LoggerMessage(6202, LogLevel.Error, "Version {Version} is taken back: {Reason}")]
    public static partial void TakenBack(this ILogger log, string version, string reason);

    [LoggerMessage(6203, LogLevel.Warning, "An update is refused: {Reason}")]
    public static partial void Refused(this ILogger log, string reason);

    [LoggerMessage(6204, LogLevel.Information, "The hub's door was not reached for updates: {Reason}")]
    public static partial void NotReached(this ILogger log, string reason);
}
