namespace ThreeOneOne.Field.Link;

/// <summary>What became of a publish.</summary>
public enum DeliveryResult
{
    /// <summary>The broker answered (QoS 1) or the socket took it (QoS 0).</summary>
    Accepted,

    /// <summary>No connection, or it was lost before the answer: send again later.</summary>
    NotConnected,

    /// <summary>The broker refused it: its rules do not allow this topic.</summary>
    Refused,

    /// <summary>It is longer than the broker takes: a smaller one may pass.</summary>
    TooLarge,

    /// <summary>No answer within the link's time-out.</summary>
    TimedOut,
}
