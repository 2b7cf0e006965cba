namespace ThreeOneOne.Field.Agent.Power;

/// <summary>What the ignition means for the computer.</summary>
public enum PowerState
{
    /// <summary>The ignition is on, or nobody knows: the vehicle works.</summary>
    On = 0,

    /// <summary>It was turned off; the vehicle works on for a while.</summary>
    HoldUp,

    /// <summary>The while is over; what waits is still sent.</summary>
    Finishing,

    /// <summary>All is over, and the computer stays on because nobody turns it off.</summary>
    Parked,

    /// <summary>The vehicle ends, and asks for the computer to be turned off.</summary>
    Ending,
}
