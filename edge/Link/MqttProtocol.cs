namespace ThreeOneOne.Field.Link;

/// <summary>MQTT version of a session.</summary>
public enum MqttProtocol
{
    V5 = 5,

    /// <summary>For brokers without MQTT 5 (RabbitMQ 3.10's plugin).</summary>
    V311 = 4,
}
