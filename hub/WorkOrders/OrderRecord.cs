using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>An order: what it is for, and the state that its history makes.</summary>
public sealed record OrderRecord
{
    public required string Id { get; init; }
    public required string Number { get; init; }
    public required string Request { get; init; }
    public required string Service { get; init; }
    public required string Title { get; init; }
    public string? Address { get; init; }
    public required GeoPoint At { get; init; }
    public string? Pole { get; init; }
    public required int Priority { get; init; }
    public DateTimeOffset? TargetAt { get; init; }
    public string? Note { get; init; }

    /// <summary>Found and fixed on the spot.</summary>
    public bool ByCrew { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public string State { get; init; } = OrderState.Unassigned;
    public string? Crew { get; init; }
    public string? Vehicle { get; init; }
    public string? Reason { get; init; }
    public bool Seen { get; init; }
    public bool Far { get; init; }
    public int Visits { get; init; }

    /// <summary>Work time of the completion.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>How far it got to the crew: <c>sent</c>, <c>on-vehicle</c> or <c>seen</c>; null while no vehicle should hold it.</summary>
    public string? Delivery { get; init; }

    public OrderRecord With(OrderState state) => this with
    {
        State = state.State, Crew = state.Crew, Vehicle = state.Vehicle, Reason = state.Reason, Seen = state.Seen, Far = state.Far, Visits = state.Visits,
        DoneAt = state is { State: OrderState.FieldComplete, Decided: { } done } ? DateTimeOffset.FromUnixTimeMilliseconds(done.AtMs) : null,
    };

    public OrderSummary ToSummary(string? crewName) => new()
    {
        Id = Id, Number = Number, Request = Request, Service = Service, Title = Title, Address = Address, Lat = At.Latitude, Lon = At.Longitude,
        State = State, Crew = Crew, CrewName = crewName, Vehicle = Vehicle, Priority = Priority, TargetAt = TargetAt, UpdatedAt = UpdatedAt,
        Far = Far, Visits = Visits, Delivery = Delivery,
    };

    public OrderCopy ToCopy() => new()
    {
        Id = Id, Number = Number, Request = Request, Service = Service, Title = Title, Address = Address, At = At, Pole = Pole,
        Priority = Priority, TargetDate = TargetAt, Note = Note, State = State,
    };
}
