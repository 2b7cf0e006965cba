namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>What a success and a failure make of a subscription. Pure.</summary>
public static class WebhookLife
{
    private const int Gone = 410;

    public static Webhook Delivered(Webhook webhook, string eventId, DateTimeOffset now) => webhook with
    {
        Failures = 0, FailingSince = null, Cause = null, DueAt = null, DeliveredAt = now, DeliveredEvent = eventId,
    };

    /// <summary>The next try is later each time, and one day there is none: a person looks and enables it again.</summary>
    public static Webhook Failed(Webhook webhook, WebhookAnswer answer, DateTimeOffset now, WebhooksOptions options)
    {
        var since = webhook.FailingSince ?? now;
        var failed = webhook with { Failures = webhook.Failures + 1, FailingSince = since, Cause = answer.Cause };
        if (answer.Status == Gone) return Disabled(failed, "disabled because the receiver answers 410, gone: it wants no more");
        if (now - since >= options.DisableAfter)
            return Disabled(failed, $"disabled because every delivery failed from {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC on, the last one so: {answer.Cause}");
        return failed with { DueAt = now + Wait(webhook.Failures, answer, options) };
    }

    /// <summary>What a refusal makes of one request: later tries, and one day none, while the subscription goes on.</summary>
    public static WebhookRefusal Refused(Waiting waiting, WebhookAnswer answer, DateTimeOffset now, WebhooksOptions options)
    {
        var since = waiting.FailingMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : now;
        return new WebhookRefusal(waiting.Request, answer.Cause!, since, now - since >= options.DisableAfter ? null : now + Wait(waiting.Failures, answer, options));
    }

    public static Webhook Disabled(Webhook webhook, string cause) => webhook with { State = Webhook.Disabled, Cause = cause, DueAt = null };

    /// <summary>A person says "try again", whether it waits or was disabled.</summary>
    public static Webhook Retry(Webhook webhook) => webhook with { State = Webhook.Active, Cause = null, Failures = 0, FailingSince = null, DueAt = null };

    private static TimeSpan Wait(long failures, WebhookAnswer answer, WebhooksOptions options)
    {
        var wait = options.FirstBackOff * Math.Pow(2, Math.Min(failures, 20));
        if (answer.RetryAfter > wait) wait = answer.RetryAfter.Value;
        return wait < options.LongestBackOff ? wait : options.LongestBackOff;
    }
}
