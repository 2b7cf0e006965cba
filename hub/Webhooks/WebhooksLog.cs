namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>Log messages 2950–2999. Never an address, which may hold a token of the receiver's, nor a secret.</summary>
internal static partial class WebhooksLog
{
    [LoggerMessage(2950, LogLevel.Warning, "Deliveries to webhook {Id} fail and are tried again: {Cause}")]
    public static partial void Failing(this ILogger log, string id, string cause);

    [LoggerMessage(2951, LogLevel.Information, "Deliveries to webhook {Id} arrive again")]
    public static partial void Works(this ILogger log, string id);

    [LoggerMessage(2952, LogLevel.Error, "Webhook {Id} is {Cause}; POST /api/webhooks/{Id}/retry enables it again")]
    public static partial void Disabled(this ILogger log, string id, string cause);

    [LoggerMessage(2953, LogLevel.Error, "Deliveries to webhooks failed; the next round tries again")]
    public static partial void RoundFailed(this ILogger log, Exception e);
}
