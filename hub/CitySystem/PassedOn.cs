namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A request of ours is at the city under an id.</summary>
public sealed record PassedOn(string Request, string Remote);
