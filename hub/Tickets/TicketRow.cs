using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A row of <c>requests</c>. Columns and members: <see cref="TicketColumns"/>.</summary>
internal sealed class TicketRow
{
    private const double PointScale = 1e6;

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
    public long? EvidenceLastMs { get; init; }
    public long BeforeDay { get; init; }
    public long BeforeFor { get; init; }
    public long BeforeAgainst { get; init; }
    public long? BeforeLastMs { get; init; }
    public long SeenChangeMs { get; init; }
    public long Version { get; init; }
    public string Department { get; init; } = "";
    public string? District { get; init; }
    public string? Parent { get; init; }
    public long Reports { get; init; }
    public string? Resolution { get; init; }
    public string? WaitReason { get; init; }
    public string? Responsible { get; init; }
    public long Accepted { get; init; }
    public long? PublicMs { get; init; }
    public long? ClosedMs { get; init; }
    public string? Attributes { get; init; }
    public string? ReportedAddress { get; init; }
    public double? AccuracyM { get; init; }
    public long? PointLat { get; init; }
    public long? PointLon { get; init; }
    public long PoleNamed { get; init; }
    public long PlaceDoubtful { get; init; }
    public long PrioritySet { get; init; }
    public long? ClockFromMs { get; init; }
    public long ClockUsedMs { get; init; }
    public long Escalated { get; init; }
    public long? AlertMs { get; init; }
    public string? Suspended { get; init; }

    /// <summary>Its place in the order of what a search finds.</summary>
    public long Seek { get; init; }

    /// <summary>The words under which it is found.</summary>
    public string Words { get; init; } = "";

    public static TicketRow Of(Ticket t) => new()
    {
        Number = t.Number, Jurisdiction = t.Jurisdiction, Service = t.Service, Title = t.Title, Status = t.Status, Stage = t.Stage,
        Address = t.Address, Segment = t.Segment, Lat = t.At.Latitude, Lon = t.At.Longitude, Cell = Grid.Cell(t.At, Grid.Fine), Priority = t.Priority, Source = t.Source,
        OpenedMs = t.OpenedAt.ToUnixTimeMilliseconds(), TargetMs = Ms(t.TargetAt),
        UpdatedMs = t.UpdatedAt.ToUnixTimeMilliseconds(), SampledMs = Ms(t.SampledAt), Site = t.Site,
        Pole = t.Pole, Description = t.Description, OrderNumber = t.OrderNumber, CrewName = t.CrewName,
        EvidenceFor = t.EvidenceFor, EvidenceAgainst = t.EvidenceAgainst, EvidenceLastMs = Ms(t.EvidenceLast),
        BeforeDay = t.Before.Day, BeforeFor = t.Before.For, BeforeAgainst = t.Before.Against, BeforeLastMs = t.Before.LastMs,
        SeenChangeMs = (t.SeenChangeAt ?? t.UpdatedAt).ToUnixTimeMilliseconds(), Version = t.Version, Department = t.Department, District = t.District,
        Parent = t.Parent, Reports = t.Reports, Resolution = t.ResolutionCode, WaitReason = t.WaitReason, Responsible = t.Responsible,
        Accepted = t.Accepted ? 1 : 0, PublicMs = Ms(t.PublicAt), ClosedMs = Ms(t.ClosedAt), Attributes = t.AttributesJson,
        ReportedAddress = t.ReportedAddress, AccuracyM = t.AccuracyM,
        PointLat = t.ReportedAt is { } p ? Micro(p.Latitude) : null, PointLon = t.ReportedAt is { } q ? Micro(q.Longitude) : null,
        PoleNamed = t.PoleNamed ? 1 : 0, PlaceDoubtful = t.PlaceDoubtful ? 1 : 0, PrioritySet = t.PrioritySet ? 1 : 0, ClockFromMs = Ms(t.ClockFrom), ClockUsedMs = (long)t.ClockUsed.TotalMilliseconds,
        Escalated = t.Escalated, AlertMs = Ms(t.AlertAt), Suspended = t.Suspended,
        Seek = SearchWords.Seek(t.OpenedAt.ToUnixTimeMilliseconds(), t.Number), Words = SearchWords.Of(t),
    };

    /// <summary>Millionths of a degree: the resolution of a reported place.</summary>
    public static long Micro(double degrees) => (long)Math.Round(degrees * PointScale);

    public Ticket ToTicket() => new()
    {
        Number = Number, Jurisdiction = Jurisdiction, Service = Service, Title = Title, Status = Status, Stage = Stage,
        Address = Address, Segment = Segment, At = new GeoPoint(Lat, Lon), Priority = (int)Priority, Source = Source,
        OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(OpenedMs), TargetAt = Time(TargetMs), UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedMs),
        SampledAt = Time(SampledMs), Site = Site, Pole = Pole, Description = Description,
        OrderNumber = OrderNumber, CrewName = CrewName, EvidenceFor = (int)EvidenceFor, EvidenceAgainst = (int)EvidenceAgainst,
        EvidenceLast = Time(EvidenceLastMs), Before = new EvidenceBefore((int)BeforeDay, (int)BeforeFor, (int)BeforeAgainst, BeforeLastMs), SeenChangeAt = Time(SeenChangeMs),
        Version = Version, Department = Department, District = District, Parent = Parent, Reports = (int)Reports, ResolutionCode = Resolution,
        WaitReason = WaitReason, Responsible = Responsible, Accepted = Accepted != 0, PublicAt = Time(PublicMs), ClosedAt = Time(ClosedMs),
        AttributesJson = Attributes, ReportedAddress = ReportedAddress, AccuracyM = AccuracyM,
        ReportedAt = PointLat is { } lat && PointLon is { } lon ? new GeoPoint(lat / PointScale, lon / PointScale) : null,
        PoleNamed = PoleNamed != 0, PlaceDoubtful = PlaceDoubtful != 0, PrioritySet = PrioritySet != 0, ClockFrom = Time(ClockFromMs), ClockUsed = TimeSpan.FromMilliseconds(ClockUsedMs),
        Escalated = (int)Escalated, AlertAt = Time(AlertMs), Suspended = Suspended,
    };

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static DateTimeOffset? Time(long? ms) => ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}
