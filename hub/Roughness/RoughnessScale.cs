namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Where an estimate has its scale from.</summary>
public enum RoughnessScale
{
    /// <summary>Nowhere: too little is shared with other vehicles. The vehicle is taken for the reference car.</summary>
    None,

    /// <summary>The fleet that shares streets is taken for the reference car on average.</summary>
    Fleet,

    /// <summary>Pieces that a profiler measured are among those shared: this, and only this, is an International Roughness Index.</summary>
    Profiler,
}
