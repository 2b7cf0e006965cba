using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Sensing;

internal static partial class SensingLog
{
    [LoggerMessage(5500, LogLevel.Warning, "The {Source} source has ended; sensing goes on without it")]
    public static partial void SourceEnded(ILogger log, string source, Exception exception);
}
