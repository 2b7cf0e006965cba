namespace ThreeOneOne.Field.Wire;

/// <summary>What last set the vehicle's wall clock.</summary>
public enum ClockSource
{
    Unknown = 0,
    Gps,
    Network,
    Rtc,

    /// <summary>Nothing since boot: the wall clock may be anywhere.</summary>
    Unset,
}
