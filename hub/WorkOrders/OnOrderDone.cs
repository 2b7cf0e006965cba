using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>A crew that finished an order has room for the next.</summary>
public sealed class OnOrderDone(HandOutWork work) : Reaction<OrderChanged>
{
    public const string ReactionName = "work-orders.order-changed";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, OrderChanged hubEvent)
    {
        if (hubEvent.Summary.State is OrderState.CouldNotComplete or OrderState.HandedOver || OrderState.Ended.Contains(hubEvent.Summary.State)) work.Run(scope);
    }
}
