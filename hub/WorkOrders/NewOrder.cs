using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>What an order is made from.</summary>
public sealed record NewOrder
{
    /// <summary>Number of the request; null for an order without one.</summary>
    public string? Request { get; init; }
    public required string Service { get; init; }
    public string Kind { get; init; } = OrderKind.Repair;
    public string? Party { get; init; }
    public required string Title { get; init; }
    public string? Address { get; init; }
    public required GeoPoint At { get; init; }
    public GeoPoint[]? Area { get; init; }
    public OrderStop[]? Stops { get; init; }
    public string? Pole { get; init; }
    public int Priority { get; init; } = 3;
    public DateTimeOffset? TargetAt { get; init; }
    public string? Note { get; init; }
    public bool ByCrew { get; init; }
    public string? RunKey { get; init; }
    public string? Follows { get; init; }

    public static NewOrder Of(Ticket ticket) => new()
    {
        Request = ticket.Number, Service = ticket.Service, Title = ticket.Title, Address = ticket.Address, At = ticket.At, Pole = ticket.Pole,
        Priority = ticket.Priority, TargetAt = ticket.TargetAt, Note = ticket.Description,
    };

    /// <summary>An order that makes another one's temporary repair, or what was only made safe, permanent.</summary>
    public static NewOrder After(OrderRecord done, DateTimeOffset due) => new()
    {
        Request = done.Request, Service = done.Service, Kind = OrderKind.Permanent, Party = done.Party, Title = done.Title, Address = done.Address,
        At = done.At, Area = done.Area, Pole = done.Pole, Priority = done.Priority, TargetAt = due, Note = done.Note, Follows = done.Id,
    };
}
