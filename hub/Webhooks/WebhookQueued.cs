namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>Something waits to be delivered.</summary>
public sealed record WebhookQueued(string Webhook);
