using MQTTnet;

namespace ThreeOneOne.Field.Link;

/// <summary>What a <see cref="SessionLoop"/> works for: the publisher or the batch reader.</summary>
internal interface ISessionOwner
{
    /// <summary>The broker accepted the session and all subscriptions.</summary>
    void Ready(Connection connection);

    /// <summary>A message; also before <see cref="Ready"/>, from the queue of a kept session.</summary>
    void Message(Connection connection, MqttApplicationMessageReceivedEventArgs message);

    /// <summary>The connection ended or did not come about; what belonged to it is gone.</summary>
    void Closed(string reason);
}
