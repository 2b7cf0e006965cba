namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>Log messages 3450–3499.</summary>
internal static partial class ProfilesLog
{
    [LoggerMessage(3450, LogLevel.Error, "Sending profiles failed; the next round tries again")]
    public static partial void RoundFailed(this ILogger log, Exception e);

    [LoggerMessage(3451, LogLevel.Error, "Roll-out {Version} of device profiles has stopped: {Reason}; field-hub profile roll-back takes it back")]
    public static partial void Stopped(this ILogger log, long version, string reason);

    [LoggerMessage(3452, LogLevel.Information, "Roll-out {Version} of device profiles is done")]
    public static partial void Done(this ILogger log, long version);

    [LoggerMessage(3453, LogLevel.Information, "Roll-out {Version} of device profiles goes on to {Percent} %: {Vehicles} vehicles")]
    public static partial void StageOpened(this ILogger log, long version, int percent, int vehicles);

    [LoggerMessage(3454, LogLevel.Warning, "Vehicle {Vehicle} has refused {Count} device profiles that are none of its own; the last: {Reason}")]
    public static partial void ForeignBundles(this ILogger log, string vehicle, long count, string? reason);
}
