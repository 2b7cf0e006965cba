namespace ThreeOneOne.Field.Support.Proxy;

/// <summary>What a <see cref="FaultLane.Tap"/> wants done with the packet that it was shown.</summary>
public enum PacketFate
{
    Pass = 0,

    /// <summary>The connection ends and the packet is lost.</summary>
    CutBefore,

    /// <summary>The packet still arrives, then the connection ends.</summary>
    CutAfter,

    /// <summary>The connection ends in the middle of the packet.</summary>
    CutWithin,

    /// <summary>
    /// The packet vanishes and the connection goes on. No line does that: it is how a test makes one side look like one
    /// that breaks its promise.
    /// </summary>
    Vanish,
}
