namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>State of a durable record.</summary>
internal enum RecordEntryState : byte
{
    /// <summary>Acknowledged, dropped or damaged: nothing to send.</summary>
    Gone = 0,

    /// <summary>May be sent.</summary>
    Ready,

    /// <summary>Sent, not acknowledged.</summary>
    InFlight,

    /// <summary>To be dropped as soon as its tombstone is durable; not sent.</summary>
    Held,
}
