using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>The street map, and what became of the rows of its files.</summary>
public sealed record StreetLayers(StreetMap Map, IReadOnlyList<ImportReport> Reports);
