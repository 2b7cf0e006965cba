namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>A request of which a subscription is to hear.</summary>
/// <param name="Request">Its number; empty: a ping.</param>
/// <param name="Told">Status that the subscription knows.</param>
/// <param name="Digest">Of what it was shown last.</param>
/// <param name="N">Of the newest change: a delivery of an older one leaves it waiting.</param>
/// <param name="Failures">How often the receiver refused it.</param>
/// <param name="FailingMs">Since when, Unix milliseconds.</param>
public sealed record Waiting(string Request, string? Told, string? Digest, long N, long Failures, long? FailingMs);
