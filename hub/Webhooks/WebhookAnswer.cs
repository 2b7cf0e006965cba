namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>What came of one delivery.</summary>
/// <param name="Status">HTTP status; 0: there was no answer.</param>
/// <param name="Cause">Why it counts as failed; null when it succeeded. Nothing that the receiver wrote is in it.</param>
/// <param name="RetryAfter">As the receiver asked.</param>
public sealed record WebhookAnswer(int Status, string? Cause, TimeSpan? RetryAfter = null)
{
    /// <summary>
    /// The receiver is there and does not take this delivery, which says nothing of the next one. Not so where nobody answers, the address or
    /// the key is wrong, or the receiver asks to be left alone.
    /// </summary>
    public bool RefusesThisOne => Status is >= 400 and not (401 or 403 or 404 or 405 or 407 or 408 or 410 or 421 or 425 or 429 or 502 or 503 or 504);
}
