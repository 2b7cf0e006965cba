namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>One pace for all deliveries: a bucket that fills by the minute.</summary>
public sealed class WebhookPace(WebhooksOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly double most = Math.Max(options.Concurrency, options.CallsPerMinute / 10.0);
    private double free = Math.Max(options.Concurrency, options.CallsPerMinute / 10.0);
    private DateTimeOffset filled = time.GetUtcNow();

    /// <returns>False when no delivery may begin now.</returns>
    public bool Take()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            free = Math.Min(most, free + Math.Max(0, (now - filled).TotalMinutes) * options.CallsPerMinute);
            filled = now;
            if (free < 1) return false;
            free -= 1;
            return true;
        }
    }
}
