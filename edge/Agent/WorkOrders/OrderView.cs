using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>An order as the vehicle sees it.</summary>
/// <param name="Copy">What the hub sent.</param>
/// <param name="State">The hub's state with this vehicle's own actions over it.</param>
public sealed record OrderView(OrderCopy Copy, OrderState State)
{
    /// <summary>True while there is something left to do.</summary>
    public bool IsOpen => State is not (OrderState.FieldComplete or OrderState.CouldNotComplete);

    /// <summary>True while the crew is at it.</summary>
    public bool IsUnderWay => State is OrderState.Arrived or OrderState.Started;
}
