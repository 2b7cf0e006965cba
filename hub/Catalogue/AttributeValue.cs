namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>One choice of a list.</summary>
public sealed record AttributeValue(string Key, string Name);
