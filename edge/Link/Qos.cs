namespace ThreeOneOne.Field.Link;

/// <summary>MQTT quality of service. Level 2 is not used: duplicates are the hub's business.</summary>
public enum Qos
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
}
