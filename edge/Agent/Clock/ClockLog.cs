using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Clock;

/// <summary>Log messages 6000–6049.</summary>
internal static partial class ClockLog
{
    [LoggerMessage(6000, LogLevel.Information, "The time is known from {Source}, within {UncertaintyMs} ms: {Now:O}")]
    public static partial void TimeKnown(this ILogger log, string source, int uncertaintyMs, DateTimeOffset now);

    [LoggerMessage(6001, LogLevel.Warning, "The last known time cannot be written: {Reason}")]
    public static partial void CannotSave(this ILogger log, string reason);

    [LoggerMessage(6002, LogLevel.Warning, "The time is not known: the clock says {Wall:O}, certificates are verified at {Bound:O}")]
    public static partial void TimeNotKnown(this ILogger log, DateTimeOffset wall, DateTimeOffset bound);
}
