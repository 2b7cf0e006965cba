using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>A row of <c>work_orders</c>.</summary>
internal sealed class OrderRow
{
    public string Id { get; init; } = "";
    public string Number { get; init; } = "";
    public string? Request { get; init; }
    public string Service { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Party { get; init; }
    public string Title { get; init; } = "";
    public string? Address { get; init; }
    public double Lat { get; init; }
    public double Lon { get; init; }
    public string? Area { get; init; }
    public string? Stops { get; init; }
    public string? Pole { get; init; }
    public long Priority { get; init; }
    public long? TargetMs { get; init; }
    public string? Note { get; init; }
    public long ByCrew { get; init; }
    public string? RunKey { get; init; }
    public string? Follows { get; init; }
    public long CreatedMs { get; init; }
    public long UpdatedMs { get; init; }
    public string State { get; init; } = "";
    public string? Crew { get; init; }
    public string? Vehicle { get; init; }
    public string? Reason { get; init; }
    public long Seen { get; init; }
    public long Far { get; init; }
    public long Visits { get; init; }
    public long Points { get; init; }
    public string? Resolution { get; init; }
    public long? UntilMs { get; init; }
    public long Emergency { get; init; }
    public long Acknowledged { get; init; }
    public long? DoneMs { get; init; }
    public string? Delivery { get; init; }
    public long Version { get; init; }
    public string ChangedBy { get; init; } = "";

    public static OrderRow Of(OrderRecord o) => new()
    {
        Id = o.Id, Number = o.Number, Request = o.Request, Service = o.Service, Title = o.Title, Address = o.Address, Lat = o.At.Latitude,
        Lon = o.At.Longitude, Pole = o.Pole, Priority = o.Priority, TargetMs = o.TargetAt?.ToUnixTimeMilliseconds(), Note = o.Note,
        ByCrew = o.ByCrew ? 1 : 0, CreatedMs = o.CreatedAt.ToUnixTimeMilliseconds(), UpdatedMs = o.UpdatedAt.ToUnixTimeMilliseconds(),
        State = o.State, Crew = o.Crew, Vehicle = o.Vehicle, Reason = o.Reason, Seen = o.Seen ? 1 : 0, Far = o.Far ? 1 : 0, Visits = o.Visits,
        DoneMs = o.DoneAt?.ToUnixTimeMilliseconds(), Kind = o.Kind, Party = o.Party, Area = Write(o.Area), Stops = Write(o.Stops), RunKey = o.RunKey,
        Follows = o.Follows, Points = o.Points, Resolution = o.Resolution, UntilMs = o.Until?.ToUnixTimeMilliseconds(), Emergency = o.Emergency ? 1 : 0,
        Acknowledged = o.Acknowledged ? 1 : 0, Version = o.Version, ChangedBy = o.ChangedBy,
    };

    public OrderRecord ToRecord() => new()
    {
        Id = Id, Number = Number, Request = Request, Service = Service, Title = Title, Address = Address, At = new GeoPoint(Lat, Lon), Pole = Pole,
        Priority = (int)Priority, TargetAt = Time(TargetMs), Note = Note, ByCrew = ByCrew != 0, CreatedAt = Time(CreatedMs)!.Value,
        UpdatedAt = Time(UpdatedMs)!.Value, State = State, Crew = Crew, Vehicle = Vehicle, Reason = Reason, Seen = Seen != 0, Far = Far != 0,
        Visits = (int)Visits, DoneAt = Time(DoneMs), Delivery = Delivery, Kind = Kind, Party = Party, Area = Read<GeoPoint>(Area), Stops = Read<OrderStop>(Stops),
        RunKey = RunKey, Follows = Follows, Points = (int)Points, Resolution = Resolution, Until = Time(UntilMs), Emergency = Emergency != 0,
        Acknowledged = Acknowledged != 0, Version = Version, ChangedBy = ChangedBy,
    };

    private static string? Write<T>(T[]? items) => items is { Length: > 0 } ? JsonSerializer.Serialize(items, HubJson.Options) : null;

    private static T[]? Read<T>(string? json) => json is null ? null : JsonSerializer.Deserialize<T[]>(json, HubJson.Options);

    private static DateTimeOffset? Time(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
