namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>A device-to-cloud message as IoT Hub would route it.</summary>
/// <param name="Device">As the session proved it, never as the message says.</param>
/// <param name="Properties">Application properties.</param>
/// <param name="System">System properties.</param>
/// <param name="Body">Bytes.</param>
/// <param name="Enqueued">When it came, UTC.</param>
public sealed record StandInMessage(
    string Device, IReadOnlyDictionary<string, string> Properties, IReadOnlyDictionary<string, string> System, byte[] Body, DateTimeOffset Enqueued);
