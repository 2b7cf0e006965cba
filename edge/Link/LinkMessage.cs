namespace ThreeOneOne.Field.Link;

/// <summary>One message as received.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its bytes, owned by the message.</param>
/// <param name="Retained">True when the broker kept it from before the subscription.</param>
public sealed record LinkMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retained);
