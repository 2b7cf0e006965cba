using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>Log messages 1200–1299.</summary>
internal static partial class VehiclesLog
{
    [LoggerMessage(1200, LogLevel.Information, "Downlink is connected")]
    public static partial void Connected(this ILogger log);

    [LoggerMessage(1201, LogLevel.Warning, "Downlink lost its connection: {Reason}")]
    public static partial void Disconnected(this ILogger log, string? reason);

    [LoggerMessage(1202, LogLevel.Debug, "{Lane} for {Vehicle} was not sent: {Result}")]
    public static partial void NotSent(this ILogger log, string vehicle, Lane lane, DeliveryResult result);
}
