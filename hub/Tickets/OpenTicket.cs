using System.Text.Json;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Opens a service request: number, address, pole, district, department, priority and target date, in the caller's transaction.</summary>
public sealed class OpenTicket
{
    private readonly TicketsOptions options;
    private readonly HubOptions hub;
    private readonly ServiceCatalogue catalogue;
    private readonly DistrictMap districts;
    private readonly StreetMap streets;
    private readonly PoleIndex poles;
    private readonly NoteReport report;
    private readonly TimeZoneInfo zone;

    /// <exception cref="InvalidDataException">The catalogue names districts that the map does not have.</exception>
    public OpenTicket(TicketsOptions options, HubOptions hub, ServiceCatalogue catalogue, DistrictMap districts, StreetMap streets, PoleIndex poles, NoteReport report)
    {
        this.options = options;
        this.hub = hub;
        this.catalogue = catalogue;
        this.districts = districts;
        this.streets = streets;
        this.poles = poles;
        this.report = report;
        zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);
        var strange = catalogue.All.SelectMany(s => s.ByDistrict.Keys.Where(id => districts.All.Count > 0 && districts.Find(id) is null).Select(id => $"{s.Code}.byDistrict: no district has the id '{id}'")).ToList();
        if (strange.Count > 0) throw new InvalidDataException($"the service catalogue and the map of districts do not fit (Catalogue:File, Districts:File):\n{string.Join('\n', strange)}");
    }

    public Ticket Open(WriteScope scope, NewRequest request)
    {
        var service = catalogue.Find(request.Service) ?? throw new InvalidOperationException($"no service '{request.Service}' in the catalogue");
        var byPerson = request.Source is not ("sensor" or "crew");
        if (byPerson && !request.PlaceDoubtful) TicketStore.CountPoint(scope, request.At);
        var doubtful = request.PlaceDoubtful || (byPerson && request.Pole is null && IsDefaultPoint(scope, request.At));
        // A place that a geocoder gives whenever it knows nothing says nothing about poles either.
        var pole = request.Site?.Pole ?? request.Pole ?? (doubtful ? null : PoleFor(request, service));
        var at = pole is not null && poles.Find(pole) is { } light ? light.At : request.At;
        var address = streets.Locate(at, request.CourseDeg);
        var district = districts.Of(at)?.Id;
        var now = scope.Now;
        var opened = request.OpenedAt ?? now;
        var ticket = new Ticket
        {
            Number = TicketStore.NextNumber(scope, TimeZoneInfo.ConvertTime(now, zone).Year),
            Jurisdiction = hub.Jurisdiction,
            Service = service.Code,
            Title = service.Title,
            Stage = request.Stage,
            Accepted = !TicketStage.IsHidden(request.Stage),
            Department = service.DepartmentIn(district),
            District = district,
            Address = address?.Text,
            Segment = address?.Segment,
            At = at.Rounded(),
            Priority = PriorityOf(scope, service, pole, address, request.Site?.Severity ?? 0, request.Description, reports: 0),
            Source = request.Source,
            OpenedAt = opened,
            UpdatedAt = now,
            SampledAt = request.SampledAt,
            Site = request.Site?.Id,
            Pole = pole,
            PoleNamed = request.Site?.Pole is not null || request.Pole is not null,
            PlaceDoubtful = doubtful,
            Description = request.Description,
            ReportedAddress = request.ReportedAddress,
            ReportedAt = byPerson ? request.At.Rounded() : null,
            AccuracyM = request.AccuracyM,
            AttributesJson = request.Attributes is { Count: > 0 } attributes ? JsonSerializer.Serialize(attributes) : null,
            EvidenceFor = request.Site?.For ?? 0,
            EvidenceAgainst = request.Site?.Against ?? 0,
            EvidenceLast = request.Site is { } site ? DateTimeOffset.FromUnixTimeMilliseconds(site.LastMs) : null,
            Suspended = SuspensionStore.Cause(scope, service.Code),
        };
        ticket = TicketClock.Follow(ticket, ticket, service, opened);
        if (request.OpenedAt is not null) ticket = FromElsewhere(ticket, request, service, now);
        if (ticket.Accepted && service.Public) ticket = ticket with { PublicAt = now };
        TicketStore.Save(scope, EvidenceBefore.Keep(null, ticket, EvidenceBefore.DayOf(now, zone)));
        if (request.Site is not null) TicketStore.LinkSite(scope, ticket.Number, request.Site.Id);
        TicketStore.AddHistory(scope, ticket, request.Who, request.Why);
        report.Follow(scope, ticket);
        // Who is shown or told what is going on need not hear of history.
        if (request.Ended is not null) return ticket;
        scope.Raise(new RequestChanged(ticket.ToSummary()));
        if (ticket.IsPublic) scope.Raise(new PublicRequestChanged(ticket.Number));
        return ticket;
    }

    /// <summary>Its time and its end as they were there; the steps of its escalation that were due by now are not taken once more.</summary>
    private static Ticket FromElsewhere(Ticket ticket, NewRequest request, Service service, DateTimeOffset now)
    {
        if (request.TargetAt is { } target && target > ticket.OpenedAt)
            ticket = ticket with { TargetAt = target, ClockUsed = service.TargetWork(ticket.Priority) - service.Calendar.Between(ticket.OpenedAt, target) };
        if (request.Ended is { } ended)
        {
            var closed = TicketLife.Apply(ticket, TicketMove.Resolve, ended.Resolution) with { ClosedAt = ended.At, UpdatedAt = ended.At };
            return TicketClock.Follow(ticket, closed, service, ended.At);
        }

        while (TicketClock.NextStep(ticket, service) is { } due && due <= now) ticket = ticket with { Escalated = ticket.Escalated + 1 };
        return ticket with { AlertAt = TicketClock.NextStep(ticket, service) };
    }

    /// <summary>The priority as of now, for a request whose reports or evidence changed; one that a person chose stays.</summary>
    public int PriorityOf(WriteScope scope, Ticket ticket)
    {
        if (ticket.PrioritySet || catalogue.Find(ticket.Service) is not { } service) return ticket.Priority;
        var severity = ticket.Site is { } id && SiteStore.Find(scope.Connection, id, scope.Transaction) is { } site ? site.Severity : 0;
        return PriorityOf(scope, service, ticket.Pole, streets.Locate(ticket.At), severity, ticket.Description, ticket.Reports);
    }

    private int PriorityOf(WriteScope scope, Service service, string? pole, StreetAddress? address, double severity, string? text, int reports)
    {
        var adjacent = service.Code == ServiceCode.StreetLight && pole is not null && poles.Find(pole) is { } light
            ? SiteStore.DarkAmong(scope, [.. poles.Near(light.At, options.AdjacentM).Select(l => l.Pole).Where(p => p != pole)]).Count
            : 0;
        return Priority.Of(
            service.Code,
            new PriorityFacts(service.Urgency, address?.RoadClass, address?.AtIntersection ?? false, adjacent, severity, service.IsUrgent(text), reports),
            options);
    }

    private string? PoleFor(NewRequest request, Service service) =>
        service.Asset == "street-light" && poles.Near(request.At, options.PoleM) is [var nearest, ..] ? nearest.Pole : null;

    /// <summary>Whether so many reports name exactly this place that it must be one that stands for "somewhere". Where an asset stands is not.</summary>
    public bool IsDefaultPoint(WriteScope scope, Wire.GeoPoint at) => TicketStore.PointCount(scope, at) >= options.DefaultPointReports && !IsAsset(at);

    /// <summary>Whether an asset stands exactly there: people may point at it as often as they like.</summary>
    public bool IsAsset(Wire.GeoPoint at) => poles.Near(at, options.AtAssetM).Count > 0;

    /// <summary>Whether the inventory has a pole of this id.</summary>
    public bool HasPole(string id) => poles.Find(id) is not null;
}
