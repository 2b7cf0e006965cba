using System.Diagnostics.CodeAnalysis;

namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>What a service asks for, in the words of GeoReport v2.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The words of the specification.")]
public enum AttributeType
{
    String,
    Number,
    DateTime,
    Text,
    SingleValueList,
    MultiValueList,
}
