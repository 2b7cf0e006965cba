namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Log messages 1400–1499.</summary>
internal static partial class EnrolmentLog
{
    [LoggerMessage(1400, LogLevel.Information, "Signed certificate {Serial} for vehicle {Vehicle}, good until {NotAfter:u}")]
    public static partial void Enrolled(this ILogger log, string vehicle, string serial, DateTimeOffset notAfter);

    [LoggerMessage(1401, LogLevel.Information, "{By} was given a code for vehicle {Vehicle}, good until {Expires:u}")]
    public static partial void CodeMade(this ILogger log, string by, string vehicle, DateTimeOffset expires);

    [LoggerMessage(1402, LogLevel.Warning, "A wrong, old or used code was tried from {Address}")]
    public static partial void CodeRefused(this ILogger log, string address);

    [LoggerMessage(1403, LogLevel.Warning, "Too many wrong codes, the last from {Address}: none is looked at until {Until:u}")]
    public static partial void CodesClosed(this ILogger log, string address, DateTimeOffset until);

    [LoggerMessage(1404, LogLevel.Information, "The vehicles' door listens on {Host}:{Port}")]
    public static partial void DoorListens(this ILogger log, string host, int port);

    [LoggerMessage(1405, LogLevel.Information, "The broker has a new revocation list: {Revoked} certificates; {Ended} sessions are to end")]
    public static partial void Applied(this ILogger log, int revoked, int ended);

    [LoggerMessage(1406, LogLevel.Error, "What was revoked could not be told to the broker; trying again: {Reason}")]
    public static partial void NotApplied(this ILogger log, string reason);

    [LoggerMessage(1407, LogLevel.Critical, "The revocation list ends at {End:u} and could not be made anew: after that the broker lets no vehicle in")]
    public static partial void ListEnds(this ILogger log, DateTimeOffset end);

    [LoggerMessage(1408, LogLevel.Warning, "The authority ends at {End:u}: field-hub authority renew makes one that takes over")]
    public static partial void AuthorityEnds(this ILogger log, DateTimeOffset end);
}
