namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>Log messages 1300–1399. The broker's own lines name sessions and topics, never a payload.</summary>
internal static partial class BrokerLog
{
    [LoggerMessage(1300, LogLevel.Information, "The broker listens on {Host}:{Port}")]
    public static partial void Listens(this ILogger log, string host, int port);

    [LoggerMessage(1301, LogLevel.Warning, "Ending the broker {Pid} that an earlier hub left behind")]
    public static partial void EndingOrphan(this ILogger log, int pid);

    [LoggerMessage(1302, LogLevel.Error, "The broker ended by itself and is started again: {LastWords}")]
    public static partial void Died(this ILogger log, string lastWords);

    [LoggerMessage(1303, LogLevel.Error, "The broker could not be started; trying again: {Reason}")]
    public static partial void NotStarted(this ILogger log, string reason);

    [LoggerMessage(1304, LogLevel.Information, "The broker has a new certificate and is started again")]
    public static partial void Renewed(this ILogger log);

    [LoggerMessage(1305, LogLevel.Information, "The broker is stopped")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(1306, LogLevel.Debug, "mosquitto: {Line}")]
    public static partial void Said(this ILogger log, string line);

    [LoggerMessage(1307, LogLevel.Information, "The session of {Vehicle} is ended: its certificate is revoked")]
    public static partial void SessionEnded(this ILogger log, string vehicle);

    [LoggerMessage(1308, LogLevel.Error, "The session of {Vehicle}, whose certificate is revoked, may still be open: the broker did not let the hub end it")]
    public static partial void SessionNotEnded(this ILogger log, string vehicle);

    [LoggerMessage(1309, LogLevel.Warning, "The broker was not told to read its rules again: {PidFile} names no process of this user")]
    public static partial void NoBrokerProcess(this ILogger log, string pidFile);
}
