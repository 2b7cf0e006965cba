namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>A record could not be made durable now. It may still be written later: appending is idempotent by content id only.</summary>
public sealed class OutboxException(string message, Exception? inner = null) : IOException(message, inner);
