namespace ThreeOneOne.Field.Agent.Gpio;

/// <summary>What holds a pin that nothing drives.</summary>
internal enum GpioBias
{
    /// <summary>As the board has it.</summary>
    AsIs = 0,

    PullUp,
    PullDown,

    /// <summary>Nothing: there is a resistor on the board.</summary>
    None,
}
