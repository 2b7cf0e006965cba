namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>Who runs the broker.</summary>
public enum BrokerKind
{
    /// <summary>The hub starts mosquitto itself, as a child process with a configuration that it writes.</summary>
    Embedded,

    /// <summary>The city runs one; the hub only connects.</summary>
    External,
}
