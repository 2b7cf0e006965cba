using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>An order as the vehicle sees it.</summary>
/// <param name="Copy">What the hub sent.</param>
/// <param name="State">The hub's state with this vehicle's own actions over it.</param>
/// <param name="MustAcknowledge">It interrupts other work, and nobody here has said yet that it was read.</param>
public sealed record OrderView(OrderCopy Copy, OrderState State, bool MustAcknowledge = false)
{
    /// <summary>True while there is something left to do.</summary>
    public bool IsOpen => State is not (OrderState.FieldComplete or OrderState.CouldNotComplete or OrderState.TemporaryRepair or OrderState.HandedOver);

    /// <summary>True while the crew is at it.</summary>
    public bool IsUnderWay => State is OrderState.Arrived or OrderState.Started;
}
