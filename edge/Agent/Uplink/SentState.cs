namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>What is known of a batch that was taken to be sent.</summary>
internal enum SentState
{
    /// <summary>Waits for the hub's acknowledgement.</summary>
    OnTheWay,

    /// <summary>May have arrived: the hub is to be asked before it is sent again.</summary>
    Unsure,

    /// <summary>The hub was asked.</summary>
    Asked,

    /// <summary>Its records were given back to the outbox, or it cannot be sent.</summary>
    Over,
}
