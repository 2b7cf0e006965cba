namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Log messages 1400–1499.</summary>
internal static partial class EnrolmentLog
{
    [LoggerMessage(1400, LogLevel.Information, "Signed certificate {Serial} for vehicle {Vehicle}, good until {NotAfter:u}")]
    public static partial void Enrolled(this ILogger log, string vehicle, string serial, DateTimeOffset notAfter);
}
