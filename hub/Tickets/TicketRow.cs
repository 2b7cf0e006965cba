using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A row of <c>requests</c>.</summary>
internal sealed class TicketRow
{
    public string Number { get; init; } = "";
    public string Jurisdiction { get; init; } = "";
    public string Service { get; init; } = "";
    public string Title { get; init; } = "";
    public string Status { get; init; } = "";
    public string Stage { get; init; } = "";
    public string? Address { get; init; }
    public string? Segment { get; init; }
    public double Lat { get; init; }
    public double Lon { get; init; }
    /// <summary>Fine grid, to find neighbours by.</summary>
    public long Cell { get; init; }

    public long Priority { get; init; }
    public string Source { get; init; } = "";
    public long OpenedMs { get; init; }
    public long? TargetMs { get; init; }
    public long UpdatedMs { get; init; }
    public long? SampledMs { get; init; }
    public string? Site { get; init; }
    public string? Pole { get; init; }
    public string? Description { get; init; }
    public string? OrderNumber { get; init; }
    public string? CrewName { get; init; }
    public long EvidenceFor { get; init; }
    public long EvidenceAgainst { get; init; }

    public static TicketRow Of(Ticket t) => new()
    {
        Number = t.Number, Jurisdiction = t.Jurisdiction, Service = t.Service, Title = t.Title, Status = t.Status, Stage = t.Stage,
        Address = t.Address, Segment = t.Segment, Lat = t.At.Latitude, Lon = t.At.Longitude, Cell = Grid.Cell(t.At, Grid.Fine), Priority = t.Priority, Source = t.Source,
        OpenedMs = t.OpenedAt.ToUnixTimeMilliseconds(), TargetMs = t.TargetAt?.ToUnixTimeMilliseconds(),
        UpdatedMs = t.UpdatedAt.ToUnixTimeMilliseconds(), SampledMs = t.SampledAt?.ToUnixTimeMilliseconds(), Site = t.Site,
        Pole = t.Pole, Description = t.Description, OrderNumber = t.OrderNumber, CrewName = t.CrewName,
        EvidenceFor = t.EvidenceFor, EvidenceAgainst = t.EvidenceAgainst,
    };

    public Ticket ToTicket() => new()
    {
        Number = Number, Jurisdiction = Jurisdiction, Service = Service, Title = Title, Status = Status, Stage = Stage,
        Address = Address, Segment = Segment, At = new GeoPoint(Lat, Lon), Priority = (int)Priority, Source = Source,
        OpenedAt = Time(OpenedMs), TargetAt = TargetMs is { } target ? Time(target) : null, UpdatedAt = Time(UpdatedMs),
        SampledAt = SampledMs is { } sampled ? Time(sampled) : null, Site = Site, Pole = Pole, Description = Description,
        OrderNumber = OrderNumber, CrewName = CrewName, EvidenceFor = (int)EvidenceFor, EvidenceAgainst = (int)EvidenceAgainst,
    };

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
