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

    [LoggerMessage(1010, LogLevel.Error, "The disk is full: nothing is stored and no vehicle is told that anything is; they keep all of it until there is room")]
    public static partial void DiskFull(this ILogger log);

    [LoggerMessage(1011, LogLevel.Information, "The disk has room again after {Seconds} s; what waited is being stored")]
    public static partial void RoomAgain(this ILogger log, int seconds);
}
