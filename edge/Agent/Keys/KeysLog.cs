using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Agent.Keys;

/// <summary>Log messages 6050–6099: never a key.</summary>
internal static partial class KeysLog
{
    [LoggerMessage(6050, LogLevel.Information, "Data are encrypted from now on; their key is wrapped by the {By} key{Warning}")]
    public static partial void DataKeyMade(this ILogger log, string by, string warning);

    [LoggerMessage(6051, LogLevel.Information, "The data key was wrapped by the {Before} key and is wrapped by the {Now} key now")]
    public static partial void DataKeyMoved(this ILogger log, string before, string now);
}
