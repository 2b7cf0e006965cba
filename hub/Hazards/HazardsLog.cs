namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>Log messages 3850–3899.</summary>
internal static partial class HazardsLog
{
    [LoggerMessage(3850, LogLevel.Error, "Sending dangers failed; the next round tries again")]
    public static partial void RoundFailed(this ILogger log, Exception e);
}
