namespace ThreeOneOne.Field.Agent.Console;

/// <summary>Nothing can be read out.</summary>
public sealed class SpeakerException(string message) : Exception(message);
