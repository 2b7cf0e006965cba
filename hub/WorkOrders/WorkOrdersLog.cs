namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Log messages 2100–2199.</summary>
internal static partial class WorkOrdersLog
{
    [LoggerMessage(2100, LogLevel.Error, "Bringing orders to vehicles failed; the next round tries again")]
    public static partial void RoundFailed(this ILogger log, Exception e);

    [LoggerMessage(2101, LogLevel.Error, "Making the orders of inspection routes failed; the next round tries again")]
    public static partial void RoutesFailed(this ILogger log, Exception e);
}
