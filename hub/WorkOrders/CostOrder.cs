using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Keeps what an order cost beside it, each time that it is folded.</summary>
public sealed class CostOrder(RateTable rates)
{
    public void Save(WriteScope scope, OrderRecord order, OrderStory story) =>
        CostStore.Replace(scope, order.Id, OrderCosts.Of(order.Service, story, rates, e => Members(scope, e)));

    private static int Members(WriteScope scope, OrderEvent e) =>
        Math.Max(1, e.Shift is null ? 1 : CrewStore.MembersAt(scope.Connection, scope.Transaction, e.Shift, e.AtMs) ?? 1);
}
