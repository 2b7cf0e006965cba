using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Power;

/// <summary>Log messages 5850–5899.</summary>
internal static partial class PowerLog
{
    [LoggerMessage(5850, LogLevel.Information, "Ignition {State}")]
    public static partial void Ignition(this ILogger log, string state);

    [LoggerMessage(5851, LogLevel.Information, "Power: {State}, {Why}")]
    public static partial void PowerChanged(this ILogger log, string state, string why);

    [LoggerMessage(5852, LogLevel.Information, "Power: on, as before")]
    public static partial void Resumed(this ILogger log);
}
