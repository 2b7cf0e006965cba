namespace ThreeOneOne.Field.Agent;

/// <summary>What the vehicle speaks with.</summary>
public enum LinkKind
{
    /// <summary>The hub's MQTT broker, or the city's own.</summary>
    Broker,

    /// <summary>The city's Azure IoT Hub: section <c>Azure</c>.</summary>
    Azure,
}
