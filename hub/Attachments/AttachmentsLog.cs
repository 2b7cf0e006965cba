namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>Log messages 2400–2499: names, types and lengths, never a content.</summary>
internal static partial class AttachmentsLog
{
    [LoggerMessage(2400, LogLevel.Information, "Attachment {Sha256} of {Vehicle} is here: {Type}, {Bytes} bytes")]
    public static partial void Received(this ILogger log, string vehicle, string sha256, string type, long bytes);

    [LoggerMessage(2401, LogLevel.Warning, "Attachment {Sha256} of {Vehicle} is refused: {Reason}")]
    public static partial void Refused(this ILogger log, string vehicle, string sha256, string reason);

    [LoggerMessage(2402, LogLevel.Warning, "Attachment {Sha256} of {Vehicle} has other bytes than it should and is sent once more")]
    public static partial void BegunAgain(this ILogger log, string vehicle, string sha256);

    [LoggerMessage(2404, LogLevel.Warning, "Pictures are shown without being encoded anew, because {Program} is not installed: apt-get install libjpeg-turbo-progs")]
    public static partial void NotReencoded(this ILogger log, string program);

    [LoggerMessage(2405, LogLevel.Information, "{Files} attachments whose time was over have gone")]
    public static partial void LetGo(this ILogger log, int files);

    [LoggerMessage(2406, LogLevel.Error, "Attachments whose time is over could not go; tried again in an hour")]
    public static partial void NotLetGo(this ILogger log, Exception e);

    [LoggerMessage(2407, LogLevel.Warning, "Attachment {Sha256} cannot be encoded anew and is not shown; tried again in an hour")]
    public static partial void NotShown(this ILogger log, string sha256);

    [LoggerMessage(2403, LogLevel.Warning, "A piece on {Topic} is not taken: {Reason}")]
    public static partial void NotTaken(this ILogger log, string topic, string reason);
}
