namespace ThreeOneOne.Field.Evaluation.Data;

/// <summary>What a person says that a clip shows.</summary>
internal enum RoadLabel
{
    Regular,
    Pothole,
    Hump,

    /// <summary>Round metal studs across the lane.</summary>
    MetalBump,
}
