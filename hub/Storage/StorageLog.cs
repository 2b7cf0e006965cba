namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Log messages 1000–1099.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(1000, LogLevel.Error, "Reaction {Reaction} failed on event {Id}; it will be tried again")]
    public static partial void ReactionFailed(this ILogger log, Exception e, string reaction, long id);
}
