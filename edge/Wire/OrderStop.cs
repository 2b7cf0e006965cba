namespace ThreeOneOne.Field.Wire;

/// <summary>One stop of an order that covers several places.</summary>
/// <param name="Id">Within the order.</param>
/// <param name="At">Where.</param>
/// <param name="Title">What to look at.</param>
public sealed record OrderStop(string Id, GeoPoint At, string? Title = null);
