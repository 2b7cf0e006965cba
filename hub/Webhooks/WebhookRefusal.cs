namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>A request whose news the receiver refuses, while it may take others.</summary>
/// <param name="Request">Its number; empty: a ping.</param>
/// <param name="Cause">Of the last try.</param>
/// <param name="Since">The first refusal.</param>
/// <param name="NextTryAt">Null: it was given up, until it has other news or a person says "try again".</param>
public sealed record WebhookRefusal(string Request, string Cause, DateTimeOffset Since, DateTimeOffset? NextTryAt);
