namespace ThreeOneOne.Field.Link;

/// <summary>
/// What a <see cref="SessionLoop"/> works for: the publisher or the batch reader. Everything is called on the loop's own
/// thread, except where it says else.
/// </summary>
internal interface ISessionOwner
{
    /// <summary>False: the socket is left alone, because a batch waits for its commit.</summary>
    bool WantsRead(MqttConnection connection);

    /// <summary>False: nothing may be written, because acknowledgements of an uncommitted batch lie in the line.</summary>
    bool MayWrite { get; }

    /// <summary>A new connection begins; what belonged to an earlier one is gone.</summary>
    void Opening();

    /// <summary>The broker accepted the session and all subscriptions.</summary>
    void Ready(MqttConnection connection);

    /// <summary>The connection is about to be made anew: nothing new is sent on it.</summary>
    /// <returns>True when nothing is on its way.</returns>
    bool Drain();

    /// <summary>The socket, the wake-up or the clock gave reason to look.</summary>
    void Turn(MqttConnection connection);

    void Message(LinkMessage message);

    /// <summary>A publish was written (QoS 0) or answered (QoS 1).</summary>
    /// <param name="mid">Its id.</param>
    /// <param name="reason">MQTT 5 reason code; 0 for success.</param>
    void Published(int mid, int reason);

    /// <summary>The connection ended or did not come about.</summary>
    void Closed(string reason);
}
