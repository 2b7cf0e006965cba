namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>What a receiver sees of the sky.</summary>
public enum SkyAbove
{
    Open,

    /// <summary>Between tall buildings: for some tens of seconds at a time it is led astray by reflections.</summary>
    Canyon,

    /// <summary>Nothing.</summary>
    Tunnel,
}
