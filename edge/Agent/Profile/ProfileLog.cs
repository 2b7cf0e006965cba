using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>Log messages 6400–6449.</summary>
internal static partial class ProfileLog
{
    [LoggerMessage(6400, LogLevel.Information, "Device profile {Version} comes into force on trial")]
    public static partial void Trying(this ILogger log, long version);

    [LoggerMessage(6401, LogLevel.Information, "Device profile {Version} has proved itself")]
    public static partial void Applied(this ILogger log, long version);

    [LoggerMessage(6402, LogLevel.Warning, "Device profile {Version} is rolled back: {Reason}")]
    public static partial void RolledBack(this ILogger log, long version, string reason);

    [LoggerMessage(6403, LogLevel.Warning, "Device profile {Version} does not fit this vehicle: {Reason}")]
    public static partial void DoesNotFit(this ILogger log, long version, string reason);

    [LoggerMessage(6404, LogLevel.Warning, "A device profile is refused ({Kind}): {Reason}; more of this kind are counted only")]
    public static partial void Foreign(this ILogger log, string kind, string reason);

    [LoggerMessage(6405, LogLevel.Error, "Device profile {Version} does not fit this version of the agent, which goes on without it: {Reason}")]
    public static partial void LeftOut(this ILogger log, long version, string reason);
}
