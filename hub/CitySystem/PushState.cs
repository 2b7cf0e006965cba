namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Where a push to the city stands. The transitions are in <see cref="PushLife"/>.</summary>
public enum PushState
{
    /// <summary>To be sent when it is due: it was never sent, or is known not to be at the city.</summary>
    Waiting,

    /// <summary>Durable before the first byte goes out: from here on it may be at the city.</summary>
    Sending,

    /// <summary>It may be at the city. The city's list is read until it has told.</summary>
    Looking,

    /// <summary>The city took it and gave a token for an id that comes later.</summary>
    Polling,

    /// <summary>At the city, under a known id.</summary>
    Delivered,

    /// <summary>Known not to be at the city, and sending it again as it is would be refused again. A person corrects the cause and has it retried.</summary>
    Failed,

    /// <summary>It may be at the city and no look-up can tell. A person decides; it is never sent again by itself.</summary>
    OutcomeUnknown,

    /// <summary>Not sent any more: by a person, or withdrawn before it ever left.</summary>
    GivenUp,
}
