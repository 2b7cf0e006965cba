using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.WorkOrders;

internal static partial class WorkOrdersLog
{
    [LoggerMessage(5600, LogLevel.Information, "Action {Kind} on order {Order} (automatic: {Automatic}) is record {Seq}")]
    public static partial void ActionTaken(this ILogger log, string kind, string order, bool automatic, long seq);

    [LoggerMessage(5601, LogLevel.Warning, "The list of recent actions cannot be written: {Reason}")]
    public static partial void CannotSaveActions(this ILogger log, string reason);

    [LoggerMessage(5602, LogLevel.Information, "Arrival at order {Order} was not taken: {Reason}")]
    public static partial void ArrivalNotTaken(this ILogger log, string order, string reason);

    [LoggerMessage(5603, LogLevel.Information, "Orders version {Version} with {Count} orders for crew {Crew}")]
    public static partial void OrdersTaken(this ILogger log, long version, int count, string crew);
}
