namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A push was put into the outbox, or is due again by a person's word.</summary>
public sealed record PushQueued(string Id);
