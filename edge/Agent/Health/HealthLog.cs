using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Health;

/// <summary>Log messages 5800–5849.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(5800, LogLevel.Error, "The watchdog is not told any more: {Why}")]
    public static partial void StandsStill(this ILogger log, string why);
}
