namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>What a short press of the button means while the vehicle stands.</summary>
public enum ButtonShort
{
    /// <summary>Found and fixed one here.</summary>
    FixedHere,

    /// <summary>Marks the spot: a problem that is left as it is.</summary>
    Report,
}
