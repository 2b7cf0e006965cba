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

    [LoggerMessage(1020, LogLevel.Error, "PostgreSQL at {Place} is lost: nothing is stored until it answers again, and vehicles keep all that they have")]
    public static partial void DatabaseLost(this ILogger log, string place);

    [LoggerMessage(1021, LogLevel.Information, "PostgreSQL at {Place} answers again after {Seconds} s; what waited is being stored")]
    public static partial void DatabaseAgain(this ILogger log, string place, int seconds);

    [LoggerMessage(1022, LogLevel.Warning, "PostgreSQL at {Place} runs with fsync=off: a power cut may take what vehicles were told is stored")]
    public static partial void NotDurable(this ILogger log, string place);

    [LoggerMessage(1023, LogLevel.Warning, "{Holder} serves database {Database} at {Place}: this hub stands by, and serves when that one has ended")]
    public static partial void StandingBy(this ILogger log, string holder, string database, string place);

    [LoggerMessage(1024, LogLevel.Error, "{Holder} has taken the database over while this hub had lost it: this hub ends")]
    public static partial void TakenOver(this ILogger log, string holder);

    [LoggerMessage(1025, LogLevel.Warning, "Database {Database} was restored from a backup: vehicles get their orders anew, and a stretch of numbers stays free")]
    public static partial void BegunAnew(this ILogger log, string database);
}
