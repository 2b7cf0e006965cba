using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Uplink;

internal static partial class UplinkLog
{
    [LoggerMessage(5100, LogLevel.Information, "Connected to the hub's broker")]
    public static partial void Connected(this ILogger log);

    [LoggerMessage(5101, LogLevel.Warning, "Not connected: {Reason}")]
    public static partial void NotConnected(this ILogger log, string reason);

    [LoggerMessage(5102, LogLevel.Warning, "The hub did not acknowledge {Batches} batches ({Records} records) in time; asking what it has")]
    public static partial void NotAcknowledged(this ILogger log, int batches, int records);

    [LoggerMessage(5103, LogLevel.Error, "The broker's rules do not allow this vehicle to publish on {Topic}")]
    public static partial void Refused(this ILogger log, string topic);

    [LoggerMessage(5104, LogLevel.Warning, "The hub kept record {Seq} of {Epoch} aside: {Reason}")]
    public static partial void KeptAside(this ILogger log, long seq, string epoch, string reason);

    [LoggerMessage(5105, LogLevel.Warning, "A message on {Topic} cannot be read: {Reason}")]
    public static partial void Unreadable(this ILogger log, string topic, string reason);

    [LoggerMessage(5106, LogLevel.Information, "Command {Kind} ({Id})")]
    public static partial void CommandTaken(this ILogger log, string kind, string id);

    [LoggerMessage(5107, LogLevel.Warning, "Command {Id} is not run: {Reason}")]
    public static partial void CommandIgnored(this ILogger log, string id, string reason);

    [LoggerMessage(5108, LogLevel.Error, "{Loop} failed and starts again")]
    public static partial void LoopFailed(this ILogger log, string loop, Exception error);

    [LoggerMessage(5109, LogLevel.Information, "{Vehicle} starts: {Kind}, data in {Folder}")]
    public static partial void Starting(this ILogger log, string vehicle, string kind, string folder);

    [LoggerMessage(5110, LogLevel.Information, "{Vehicle} ends with {Unsent} records unsent")]
    public static partial void Ending(this ILogger log, string vehicle, int unsent);

    [LoggerMessage(5111, LogLevel.Warning, "The hub does not answer what it has; sending {Batches} batches again")]
    public static partial void NotAnswered(this ILogger log, int batches);

    [LoggerMessage(5112, LogLevel.Error, "The hub refuses what this vehicle sends: {Reason}")]
    public static partial void MessageRefused(this ILogger log, string reason);

    [LoggerMessage(5113, LogLevel.Error, "Record {Seq} of {Epoch} is kept and not sent: {Reason}")]
    public static partial void Parked(this ILogger log, long seq, string epoch, string reason);

    [LoggerMessage(5114, LogLevel.Warning, "The hub has {Records} records of epoch {Epoch} with other contents: a new epoch begins")]
    public static partial void Forked(this ILogger log, string epoch, int records);

    [LoggerMessage(5115, LogLevel.Warning, "The hub does not answer about attachment {Sha256} at {Offset}")]
    public static partial void FileNotAnswered(this ILogger log, string sha256, int offset);
}
