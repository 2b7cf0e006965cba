namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>Somebody else turned out to answer for a request: orders that no crew has begun lose their reason.</summary>
public sealed record WorkStopped(string Number);
