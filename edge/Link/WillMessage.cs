namespace ThreeOneOne.Field.Link;

/// <summary>What the broker publishes when the connection is lost without goodbye. QoS 1.</summary>
public sealed record WillMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retain);
