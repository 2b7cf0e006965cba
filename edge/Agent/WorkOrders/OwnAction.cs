using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>An action taken on this vehicle.</summary>
public sealed record OwnAction
{
    public required CrewAction Action { get; init; }

    /// <summary>Its record.</summary>
    public required RecordId Record { get; init; }

    /// <summary>The shift in which it was taken; null for one that only the outbox knew after a restart.</summary>
    public string? Shift { get; init; }

    /// <summary>Number and title of its order, which may be gone when somebody looks back; null: none.</summary>
    public string? Label { get; init; }

    /// <summary>Wall clock when it was taken.</summary>
    public required DateTimeOffset Taken { get; init; }

    /// <summary>When it was first seen to be acknowledged; null while it waits.</summary>
    public DateTimeOffset? Acknowledged { get; init; }

    /// <summary>Version of the hub's orders that was held then: a newer one may know the action.</summary>
    public long AcknowledgedAtVersion { get; init; }
}
