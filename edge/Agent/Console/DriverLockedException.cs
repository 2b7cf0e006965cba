namespace ThreeOneOne.Field.Agent.Console;

/// <summary>The vehicle moves: nothing is read or typed now.</summary>
public sealed class DriverLockedException() : Exception("the screen is locked while the vehicle moves");
