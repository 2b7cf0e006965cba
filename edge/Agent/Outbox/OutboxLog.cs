using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Outbox;

internal static partial class OutboxLog
{
    [LoggerMessage(5000, LogLevel.Information, "Outbox {Folder}: epoch {Epoch}, next {Next}, {Waiting} records wait for the hub")]
    public static partial void Opened(this ILogger log, string folder, string epoch, long next, int waiting);

    [LoggerMessage(5001, LogLevel.Warning, "Outbox epoch {Epoch}: {Bytes} bytes were torn or damaged; the whole records beside them are kept and a new epoch begins")]
    public static partial void Damaged(this ILogger log, string epoch, long bytes);

    [LoggerMessage(5002, LogLevel.Error, "Outbox epoch {Epoch}: record {Seq} no longer reads as written and is given up")]
    public static partial void Unreadable(this ILogger log, string epoch, long seq);

    [LoggerMessage(5003, LogLevel.Error, "Outbox cannot write: {Reason}; trying again each second")]
    public static partial void CannotWrite(this ILogger log, string reason);

    [LoggerMessage(5004, LogLevel.Information, "Outbox writes again")]
    public static partial void WritesAgain(this ILogger log);

    [LoggerMessage(5005, LogLevel.Warning, "Outbox budget: dropped {Count} of the oldest records of kind {Kind}, {First} to {Last}")]
    public static partial void Dropped(this ILogger log, int count, string kind, long first, long last);

    [LoggerMessage(5006, LogLevel.Warning, "Outbox cannot note an acknowledgement: {Reason}; the records will be sent once more")]
    public static partial void CannotNote(this ILogger log, string reason);

    [LoggerMessage(5007, LogLevel.Information, "Outbox: draft {Number} was not finished and becomes a record as it stands")]
    public static partial void DraftFound(this ILogger log, long number);

    [LoggerMessage(5008, LogLevel.Warning, "Outbox: the hub has {Count} numbers of epoch {Epoch} with another content; these records go on in epoch {Now}")]
    public static partial void Forked(this ILogger log, string epoch, int count, string now);

    [LoggerMessage(5009, LogLevel.Warning, "Outbox: the folder is not as it was left (epoch {Epoch}, next {Next}; found {Found}, next {FoundNext}): restored, copied or cut; a new epoch begins")]
    public static partial void NotAsLeft(this ILogger log, string epoch, long next, string found, long foundNext);

    [LoggerMessage(5010, LogLevel.Error, "Outbox cannot read {Path}: {Reason}")]
    public static partial void CannotRead(this ILogger log, string path, string reason);

    [LoggerMessage(5011, LogLevel.Information, "Outbox rewrote {Path} without what is gone: {Before} bytes became {After}")]
    public static partial void Rewritten(this ILogger log, string path, long before, long after);

    [LoggerMessage(5013, LogLevel.Information, "Outbox: {Path} was not encrypted and is now")]
    public static partial void Sealed(this ILogger log, string path);

    [LoggerMessage(5012, LogLevel.Warning, "Outbox budget: {Count} tracks became {Now} with fewer fixes")]
    public static partial void Thinned(this ILogger log, int count, int now);
}
