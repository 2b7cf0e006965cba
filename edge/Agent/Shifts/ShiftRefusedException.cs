namespace ThreeOneOne.Field.Agent.Shifts;

/// <summary>The vehicle cannot enter the state that was asked for; the message says why, for the crew.</summary>
public sealed class ShiftRefusedException(string message) : Exception(message);
