using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>Log messages 6900–6999. Never a code, a key or a certificate.</summary>
internal static partial class EnrolmentLog
{
    [LoggerMessage(6900, LogLevel.Warning, "This computer is no vehicle yet: it waits for a code, by field-agent enrol or in {Files}")]
    public static partial void Waits(this ILogger log, string files);

    [LoggerMessage(6901, LogLevel.Information, "Enrolled as {Vehicle}")]
    public static partial void Enrolled(this ILogger log, string vehicle);

    [LoggerMessage(6902, LogLevel.Error, "The code in {File} cannot be used: {Reason}")]
    public static partial void BadCode(this ILogger log, string file, string reason);

    [LoggerMessage(6903, LogLevel.Warning, "Not enrolled yet, trying again in {Seconds} s: {Reason}")]
    public static partial void NotEnrolled(this ILogger log, int seconds, string reason);

    [LoggerMessage(6904, LogLevel.Information, "The certificate is renewed, good until {End:u}")]
    public static partial void Renewed(this ILogger log, DateTimeOffset end);

    [LoggerMessage(6905, LogLevel.Warning, "The hub's door was not reached, trying again in {Seconds} s: {Reason}")]
    public static partial void NotAnswered(this ILogger log, int seconds, string reason);

    [LoggerMessage(6906, LogLevel.Error, "The hub refuses this vehicle's certificate; what it holds stays here, and a code enrols it again: {Reason}")]
    public static partial void Refused(this ILogger log, string reason);

    [LoggerMessage(6907, LogLevel.Information, "The hub's broker is now at {Host}:{Port}")]
    public static partial void Moved(this ILogger log, string host, int port);

    [LoggerMessage(6909, LogLevel.Error, "The vehicle's identity could not be looked after, trying again: {Reason}")]
    public static partial void NotKept(this ILogger log, string reason);

    [LoggerMessage(6908, LogLevel.Information, "The used code in {File} could not be removed: {Reason}")]
    public static partial void CodeStays(this ILogger log, string file, string reason);
}
