namespace ThreeOneOne.Field.Agent.Gpio;

/// <summary>A pin that is not there or cannot be had; the message names cause and remedy, for a technician.</summary>
internal sealed class GpioException(string message) : IOException(message);
