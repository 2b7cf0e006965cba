namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>How hard the simulated city is to sense.</summary>
public enum Difficulty
{
    /// <summary>One kind of vehicle with a faultless sensor on streets with some castings: shows that the parts fit together.</summary>
    Demo,

    /// <summary>Vehicles of all builds, sensors stuck on anyhow, and all that lies in real streets: what accuracy is measured on.</summary>
    Street,
}
