namespace ThreeOneOne.Field.Hub.Live;

/// <summary>How many open requests lie in a cell of the map.</summary>
/// <param name="Lat">Middle of the cell.</param>
/// <param name="Lon">Middle of the cell.</param>
/// <param name="Count">At least one.</param>
public sealed record MapCluster(double Lat, double Lon, int Count);
