namespace ThreeOneOne.Field.Hub.Web;

/// <summary>Log messages 4000–4049.</summary>
internal static partial class WebLog
{
    [LoggerMessage(4000, LogLevel.Information, "TLS by the certificate of {Subject}, good until {Until}")]
    public static partial void CertificateInUse(this ILogger log, string subject, DateTimeOffset until);

    [LoggerMessage(4001, LogLevel.Warning, "The certificate of the people's port ends on {Until}: renew it")]
    public static partial void CertificateEndsSoon(this ILogger log, DateTimeOffset until);

    [LoggerMessage(4002, LogLevel.Error, "The new certificate is not used, the old one stays: {Reason}")]
    public static partial void CertificateNotRenewed(this ILogger log, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "Hub:Address {Address} is served in plain HTTP beyond this machine, because Tls:PlainBeyondLoopback says so: everybody on the network can read it")]
    public static partial void PlainBeyondLoopback(this ILogger log, string address);

    [LoggerMessage(4004, LogLevel.Warning, "Calls that {Peer} passed on are refused: it is not named in Access:Proxies, so that the hub cannot tell who calls")]
    public static partial void UnnamedProxy(this ILogger log, string peer);
}
