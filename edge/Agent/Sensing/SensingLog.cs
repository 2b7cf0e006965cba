using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Sensing;

internal static partial class SensingLog
{
    [LoggerMessage(5500, LogLevel.Warning, "The {Source} source has ended; sensing goes on without it")]
    public static partial void SourceEnded(ILogger log, string source, Exception exception);

    [LoggerMessage(6250, LogLevel.Information, "The receiver tells {LagMs} ms late what was felt, within {SigmaMs} ms (one sigma), by {Brakings} brakings and {Pairs} pairs of shocks on opposite courses")]
    public static partial void ReceiverLagLearned(ILogger log, int lagMs, int sigmaMs, int brakings, int pairs);

    [LoggerMessage(6251, LogLevel.Warning, "How late the receiver is cannot be kept: {Reason}")]
    public static partial void CannotKeepLag(ILogger log, string reason);

    [LoggerMessage(5501, LogLevel.Warning, "How much of the road was assessed cannot be kept: {Reason}")]
    public static partial void CannotKeepRoadHours(ILogger log, string reason);
}
