using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Azure;

/// <summary>Log messages 6100–6199.</summary>
internal static partial class AzureLog
{
    [LoggerMessage(6100, LogLevel.Warning, "The direct method {Name} could not be read: {Reason}")]
    public static partial void MethodUnreadable(this ILogger log, string name, string reason);

    [LoggerMessage(6102, LogLevel.Warning, "The twin could not be read (status {Status}); it is asked for again")]
    public static partial void TwinNotRead(this ILogger log, int status);

    [LoggerMessage(6103, LogLevel.Warning, "A desired property of the twin was ignored: {Reason}")]
    public static partial void TwinUnreadable(this ILogger log, string reason);

    [LoggerMessage(6104, LogLevel.Information, "What is desired of {Lane} does not fit into the twin and comes by a direct method")]
    public static partial void ComesByMethod(this ILogger log, string lane);

    [LoggerMessage(6105, LogLevel.Warning, "What the vehicle holds could not be reported to the twin (status {Status}); it is tried again")]
    public static partial void TwinNotReported(this ILogger log, int status);

    [LoggerMessage(6106, LogLevel.Error, "IoT Hub refused what the vehicle reports to its twin")]
    public static partial void ReportRefused(this ILogger log);
}
