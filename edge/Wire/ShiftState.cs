namespace ThreeOneOne.Field.Wire;

/// <summary>The state of a crew's shift. Off shift, only ignition, health and unsent counts leave the vehicle.</summary>
public enum ShiftState
{
    Unknown = 0,
    Off,
    On,
    Break,
    CallOut,
}
