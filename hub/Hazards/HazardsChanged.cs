namespace ThreeOneOne.Field.Hub.Hazards;

/// <summary>What vehicles are told of dangers may have changed.</summary>
public sealed record HazardsChanged;
