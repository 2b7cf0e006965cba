namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>Somebody gave a vehicle a command.</summary>
public sealed record CommandGiven(string Vehicle, string Id);
