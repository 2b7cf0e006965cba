namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>Who in the city answers for a request.</summary>
public sealed record Department(string Code, string Title);
