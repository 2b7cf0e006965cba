namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Log messages 1000–1099.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(1000, LogLevel.Error, "Reaction {Reaction} failed on event {Id}; it will be tried again")]
    public static partial void ReactionFailed(this ILogger log, Exception e, string reaction, long id);

    [LoggerMessage(1001, LogLevel.Error, "{Listener} failed on what was committed")]
    public static partial void ListenerFailed(this ILogger log, Exception e, string listener);

    [LoggerMessage(1002, LogLevel.Error, "Pending events cannot be read or marked; tried again after {Delay}")]
    public static partial void ReactionsStuck(this ILogger log, Exception e, TimeSpan delay);
}
