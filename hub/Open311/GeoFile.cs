namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>A file that came with a report.</summary>
/// <param name="Type">Media type, told from its first bytes.</param>
/// <param name="Bytes">All of it.</param>
internal sealed record GeoFile(string Type, byte[] Bytes);
