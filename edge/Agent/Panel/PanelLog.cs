using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>Log messages 5950–5999.</summary>
internal static partial class PanelLog
{
    [LoggerMessage(5950, LogLevel.Information, "Button held {Ms} ms: {What}")]
    public static partial void Pressed(this ILogger log, long ms, string what);

    [LoggerMessage(5951, LogLevel.Warning, "Button held {Ms} ms: not taken: {Why}")]
    public static partial void NotTaken(this ILogger log, long ms, string why);
}
