namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>The suffix decides; nothing that a header says does.</summary>
internal enum GeoFormat
{
    Xml,
    Json,
}
