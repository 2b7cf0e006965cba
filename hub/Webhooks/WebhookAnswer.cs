namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>What came of one delivery.</summary>
/// <param name="Status">HTTP status; 0: there was no answer.</param>
/// <param name="Cause">Why it counts as failed; null when it succeeded. Nothing that the receiver wrote is in it.</param>
/// <param name="RetryAfter">As the receiver asked.</param>
public sealed record WebhookAnswer(int Status, string? Cause, TimeSpan? RetryAfter = null);
