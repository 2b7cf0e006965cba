using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>Log messages 6950–6999.</summary>
internal static partial class CareLog
{
    [LoggerMessage(6950, LogLevel.Warning, "Wipe {Command} was ordered: what is unsent has {Seconds} s to leave")]
    public static partial void WipeOrdered(this ILogger log, string command, int seconds);

    [LoggerMessage(6951, LogLevel.Warning, "Wipe {Command}: key and identity are destroyed; {Unsent} records and files had not been sent")]
    public static partial void Wiped(this ILogger log, string command, int unsent);

    [LoggerMessage(6952, LogLevel.Error, "Wipe {Command} could not destroy {Faults}")]
    public static partial void WipedInPart(this ILogger log, string command, string faults);

    [LoggerMessage(6953, LogLevel.Warning, "Wipe {Command} was begun and is finished now, from step {Step}")]
    public static partial void WipeFinishes(this ILogger log, string command, string step);
}
