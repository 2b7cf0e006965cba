namespace ThreeOneOne.Field.Hub.Live;

/// <summary>Open requests in a rectangle: single ones, or, where there are too many, counted by cell.</summary>
public sealed record MapSight(IReadOnlyList<RequestDot> Items, IReadOnlyList<MapCluster> Clusters);
