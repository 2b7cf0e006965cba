using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>Log messages 3900–3999.</summary>
internal static partial class AzureLog
{
    [LoggerMessage(3900, LogLevel.Warning, "A delivery of Event Grid was refused: it shows no key of Azure:WebhookKeyFile")]
    public static partial void KeyRefused(this ILogger log);

    [LoggerMessage(3901, LogLevel.Error, "Azure:WebhookKeyFile cannot be read, so that no delivery is taken: {Reason}")]
    public static partial void KeysUnreadable(this ILogger log, string reason);

    [LoggerMessage(3902, LogLevel.Information, "A subscription of Event Grid was confirmed")]
    public static partial void Validated(this ILogger log);

    [LoggerMessage(3903, LogLevel.Debug, "An event of IoT Hub was ignored: {Why}")]
    public static partial void EventIgnored(this ILogger log, string why);

    [LoggerMessage(3904, LogLevel.Warning, "IoT Hub's service API does not answer: {Reason}")]
    public static partial void CallFailed(this ILogger log, string reason);

    [LoggerMessage(3905, LogLevel.Error, "IoT Hub's service API refused a call with {Status}: {Reason}")]
    public static partial void Refused(this ILogger log, int status, string reason);

    [LoggerMessage(3906, LogLevel.Debug, "{Lane} for {Vehicle} did not arrive through IoT Hub: {Why}")]
    public static partial void NotDelivered(this ILogger log, Lane lane, string vehicle, string why);

    [LoggerMessage(3907, LogLevel.Warning, "{Vehicle} is revoked here and still speaks through IoT Hub: what it says is refused")]
    public static partial void RevokedSpeaks(this ILogger log, string vehicle);

    [LoggerMessage(3908, LogLevel.Information, "The device {Vehicle} at IoT Hub is as this hub's books say: {What}")]
    public static partial void DeviceTold(this ILogger log, string vehicle, string what);

    [LoggerMessage(3909, LogLevel.Error, "The device {Vehicle} at IoT Hub could not be brought to '{What}'; it is tried again: {Reason}")]
    public static partial void DeviceNotTold(this ILogger log, string vehicle, string what, string reason);

    [LoggerMessage(3910, LogLevel.Error, "Who is revoked could not be read, so that IoT Hub is not told: {Reason}")]
    public static partial void StandingsUnreadable(this ILogger log, string reason);
}
