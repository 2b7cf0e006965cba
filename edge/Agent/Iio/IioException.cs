namespace ThreeOneOne.Field.Agent.Iio;

/// <summary>A sensor that is not there or does not take what it is told; the message is for a technician.</summary>
internal sealed class IioException(string message) : IOException(message);
