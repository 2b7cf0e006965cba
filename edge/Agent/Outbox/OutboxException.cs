namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>A record could not be made durable now.</summary>
public sealed class OutboxException(string message, Exception? inner = null) : IOException(message, inner);
