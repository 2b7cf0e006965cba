using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Attachments;

/// <summary>Log messages 5900–5949: names, types and lengths, never a content.</summary>
internal static partial class AttachmentsLog
{
    [LoggerMessage(5900, LogLevel.Information, "Attachment {Sha256} saved: {Type}, {Bytes} bytes")]
    public static partial void AttachmentSaved(this ILogger log, string sha256, string type, long bytes);

    [LoggerMessage(5901, LogLevel.Information, "Attachment {Sha256} is at the hub and dropped here")]
    public static partial void AttachmentDropped(this ILogger log, string sha256);

    [LoggerMessage(5902, LogLevel.Error, "Attachment {Sha256} is kept in {Folder} and not sent any more: {Reason}")]
    public static partial void AttachmentSetAside(this ILogger log, string sha256, string folder, string reason);

    [LoggerMessage(5903, LogLevel.Information, "Attachment {Sha256} was named by no action and is dropped")]
    public static partial void AttachmentUnclaimed(this ILogger log, string sha256);

    [LoggerMessage(5904, LogLevel.Warning, "Attachment {Sha256} cannot be read or removed: {Reason}")]
    public static partial void AttachmentTrouble(this ILogger log, string sha256, string reason);
}
