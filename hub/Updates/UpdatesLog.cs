namespace ThreeOneOne.Field.Hub.Updates;

/// <summary>Log messages 3600–3699.</summary>
internal static partial class UpdatesLog
{
    [LoggerMessage(3600, LogLevel.Error, "Version {Version} is offered to nobody any more: {Count} vehicles took it back")]
    public static partial void Stopped(this ILogger log, string version, int count);
}
