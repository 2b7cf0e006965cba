namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>What vehicles are told has changed.</summary>
public sealed record ProfileChanged;
