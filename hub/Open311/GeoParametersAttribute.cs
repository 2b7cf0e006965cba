namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>Parameters that a resource reads by itself: for the API's document only.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GeoParametersAttribute(IReadOnlyList<string> names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}
