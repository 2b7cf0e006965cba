namespace ThreeOneOne.Field.Evaluation.Data;

/// <summary>What a person, or the simulation that made it, says that a clip shows.</summary>
internal enum RoadLabel
{
    /// <summary>Road as it is, good or worn.</summary>
    Regular,
    Pothole,
    Hump,

    /// <summary>Round metal studs across the lane.</summary>
    MetalBump,

    /// <summary>A manhole's frame.</summary>
    Casting,

    /// <summary>A slab's edge or rails, under both wheels.</summary>
    Joint,

    /// <summary>Loose stones, or asphalt that breaks up over metres.</summary>
    Rough,

    /// <summary>Nothing of the road: doors, pedals, steering, the kerb, the engine.</summary>
    Handling,
}
