namespace ThreeOneOne.Field.Hub.Web;

internal static partial class WebLog
{
    [LoggerMessage(3900, LogLevel.Information, "TLS by the certificate of {Subject}, good until {Until}")]
    public static partial void CertificateInUse(this ILogger log, string subject, DateTimeOffset until);

    [LoggerMessage(3901, LogLevel.Warning, "The certificate of the people's port ends on {Until}: renew it")]
    public static partial void CertificateEndsSoon(this ILogger log, DateTimeOffset until);

    [LoggerMessage(3902, LogLevel.Error, "The new certificate is not used, the old one stays: {Reason}")]
    public static partial void CertificateNotRenewed(this ILogger log, string reason);

    [LoggerMessage(3903, LogLevel.Warning, "Hub:Address {Address} is served in plain HTTP beyond this machine, because Tls:PlainBeyondLoopback says so: everybody on the network can read it")]
    public static partial void PlainBeyondLoopback(this ILogger log, string address);
}
