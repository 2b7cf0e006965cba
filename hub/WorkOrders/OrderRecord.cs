using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>An order: what it is for, and the state that its history makes.</summary>
public sealed record OrderRecord
{
    public required string Id { get; init; }
    public required string Number { get; init; }

    /// <summary>Null for an order that was made without a request.</summary>
    public string? Request { get; init; }
    public required string Service { get; init; }

    /// <summary><see cref="OrderKind"/>.</summary>
    public string Kind { get; init; } = OrderKind.Repair;

    /// <summary>The contractor whose work it is; null: the city's own.</summary>
    public string? Party { get; init; }
    public required string Title { get; init; }
    public string? Address { get; init; }
    public required GeoPoint At { get; init; }

    /// <summary>Corners of the area or ends of the block face that it covers; null: one place.</summary>
    public GeoPoint[]? Area { get; init; }

    /// <summary>Stops of an inspection.</summary>
    public OrderStop[]? Stops { get; init; }
    public string? Pole { get; init; }
    public required int Priority { get; init; }
    public DateTimeOffset? TargetAt { get; init; }
    public string? Note { get; init; }

    /// <summary>Found and fixed on the spot.</summary>
    public bool ByCrew { get; init; }

    /// <summary>Crew, service, working day and area of what was fixed on the spot: further fills there are its points.</summary>
    public string? RunKey { get; init; }

    /// <summary>The order whose temporary repair it makes permanent.</summary>
    public string? Follows { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public string State { get; init; } = OrderState.Unassigned;
    public string? Crew { get; init; }
    public string? Vehicle { get; init; }
    public string? Reason { get; init; }
    public bool Seen { get; init; }
    public bool Far { get; init; }
    public int Visits { get; init; }
    public int Points { get; init; }
    public string? Resolution { get; init; }

    /// <summary>When the permanent repair is due, or the wait should end.</summary>
    public DateTimeOffset? Until { get; init; }
    public bool Emergency { get; init; }
    public bool Acknowledged { get; init; }

    /// <summary>Rises with each change; the order's ETag.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Who changed it last.</summary>
    public string ChangedBy { get; init; } = OrderEvent.Hub;

    /// <summary>Work time of the completion.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>How far it got to the crew: <c>sent</c>, <c>on-vehicle</c> or <c>seen</c>; null while no vehicle should hold it.</summary>
    public string? Delivery { get; init; }

    public OrderRecord With(OrderState state) => this with
    {
        State = state.State, Crew = state.Crew, Vehicle = state.Vehicle, Reason = state.Reason, Seen = state.Seen, Far = state.Far, Visits = state.Visits,
        Points = state.Points, Resolution = state.Resolution, Emergency = state.Emergency, Acknowledged = state.Acknowledged,
        Until = state.UntilMs is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        DoneAt = state is { State: OrderState.FieldComplete or OrderState.Reviewed or OrderState.TemporaryRepair, Decided: { } done }
            ? DateTimeOffset.FromUnixTimeMilliseconds(done.AtMs) : null,
    };

    public OrderSummary ToSummary(string? crewName) => new()
    {
        Id = Id, Number = Number, Request = Request, Service = Service, Title = Title, Address = Address, Lat = At.Latitude, Lon = At.Longitude,
        State = State, Crew = Crew, CrewName = crewName, Vehicle = Vehicle, Priority = Priority, TargetAt = TargetAt, UpdatedAt = UpdatedAt,
        Far = Far, Visits = Visits, Delivery = Delivery, Kind = Kind, Party = Party, ByCrew = ByCrew, Points = Points, Reason = Reason,
        Resolution = Resolution, Until = Until, Emergency = Emergency, MustAcknowledge = MustAcknowledge, Follows = Follows,
    };

    /// <summary>An emergency that nobody of the crew has said to have read.</summary>
    public bool MustAcknowledge => Emergency && !Acknowledged && Crew is not null && OrderState.OnBoard.Contains(State);

    /// <summary>How far a place is from the job: 0 inside its area.</summary>
    public double DistanceM(GeoPoint at)
    {
        var distance = At.DistanceMTo(at);
        foreach (var stop in Stops ?? []) distance = Math.Min(distance, stop.At.DistanceMTo(at));
        return Area is { Length: > 1 } ? Math.Min(distance, OrderArea.DistanceM(Area, at)) : distance;
    }

    public OrderCopy ToCopy() => new()
    {
        Id = Id, Number = Number, Request = Request, Service = Service, Title = Title, Address = Address, At = At, Pole = Pole,
        Priority = Priority, TargetDate = TargetAt, Note = Note, State = State, Kind = Kind == OrderKind.Repair ? null : Kind,
        Emergency = Emergency, MustAcknowledge = MustAcknowledge, Area = Area, Stops = Stops,
    };
}
