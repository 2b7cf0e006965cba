namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A service request update (mySociety's extension) as the city's server tells it.</summary>
/// <param name="Id">The city's id of the update; repeats mean the same one.</param>
/// <param name="Request">The city's id of the request.</param>
/// <param name="Status">As written.</param>
/// <param name="Text">What happened, for people.</param>
/// <param name="At">When.</param>
/// <param name="Texts">Every text of the row.</param>
public sealed record CityUpdate(string Id, string? Request, string? Status, string? Text, DateTimeOffset? At, IReadOnlyList<string> Texts);
