using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Numbers orders and stores them; who has one, and all else, its history says.</summary>
public sealed class OrderMaker(HubOptions hub)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public OrderRecord Make(WriteScope scope, NewOrder o)
    {
        var number = OrderStore.NextNumber(scope, TimeZoneInfo.ConvertTime(scope.Now, zone).Year);
        var order = new OrderRecord
        {
            Id = number.ToLowerInvariant(), Number = number, Request = o.Request, Service = o.Service, Kind = o.Kind, Party = o.Party, Title = o.Title,
            Address = o.Address, At = o.At, Area = o.Area, Stops = o.Stops, Pole = o.Pole, Priority = o.Priority, TargetAt = o.TargetAt, Note = o.Note,
            ByCrew = o.ByCrew, RunKey = o.RunKey, Follows = o.Follows, CreatedAt = scope.Now, UpdatedAt = scope.Now,
        };
        OrderStore.Save(scope, order);
        return order;
    }
}
