using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <content>What the hub sends, and who is told of it.</content>
public sealed partial class VehicleAgent
{
    private void TakeOrders(OrdersState orders)
    {
        if (Orders.Replace(orders)) log.OrdersTaken(orders.StateVersion, orders.Orders.Length, orders.Crew ?? "-");
        status.Changed();
        Console.Changes.Raise();
    }

    private void TakeProfile(ProfileState state)
    {
        profile.Replace(state);
        status.Changed();
        Console.Changes.Raise();
    }

    private void TakeHazards(HazardsState state)
    {
        hazards.Replace(state);
        status.Changed();
        Console.Changes.Raise();
    }
}
