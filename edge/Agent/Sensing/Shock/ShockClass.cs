namespace ThreeOneOne.Field.Agent.Sensing.Shock;

/// <summary>What a window of acceleration may be; the order is that of the model's weights.</summary>
internal enum ShockClass
{
    Pothole = 0,

    /// <summary>A manhole's or valve's cover, a joint, a rail: built into the road.</summary>
    Casting,

    /// <summary>Speed hump, cushion, raised crossing.</summary>
    Hump,

    /// <summary>Road that is rough all along.</summary>
    Rough,

    /// <summary>What the vehicle or its people did: doors, braking, bends, kerbs. Never stored or sent.</summary>
    Handling,

    /// <summary>Ordinary road.</summary>
    Quiet,
}
