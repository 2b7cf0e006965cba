using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Opens a service request: number, address, pole, priority and target date, in the caller's transaction.</summary>
public sealed class OpenTicket(TicketsOptions options, HubOptions hub, StreetMap streets, PoleIndex poles)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    public Ticket Open(WriteScope scope, NewRequest request)
    {
        var service = TicketStore.Service(scope.Connection, scope.Transaction, request.Service)
            ?? throw new InvalidOperationException($"no service '{request.Service}' in the catalogue");
        var pole = request.Site?.Pole ?? PoleFor(request);
        var at = pole is not null && poles.Find(pole) is { } light ? light.At : request.At;
        var address = streets.Locate(at);
        var priority = PriorityOf(scope, request.Service, pole, address, request.Site);
        var now = scope.Now;
        var ticket = new Ticket
        {
            Number = TicketStore.NextNumber(scope, TimeZoneInfo.ConvertTime(now, zone).Year),
            Jurisdiction = hub.Jurisdiction,
            Service = service.Code,
            Title = service.Title,
            Address = address?.Text,
            Segment = address?.Segment,
            At = at.Rounded(),
            Priority = priority,
            Source = request.Source,
            OpenedAt = now,
            UpdatedAt = now,
            TargetAt = service.TargetFrom(now, priority),
            SampledAt = request.SampledAt,
            Site = request.Site?.Id,
            Pole = pole,
            Description = request.Description,
            EvidenceFor = request.Site?.For ?? 0,
            EvidenceAgainst = request.Site?.Against ?? 0,
        };
        TicketStore.Save(scope, ticket);
        if (request.Site is not null) TicketStore.LinkSite(scope, ticket.Number, request.Site.Id);
        TicketStore.AddHistory(scope, ticket.Number, request.Who, request.Why);
        scope.Raise(new RequestChanged(ticket.ToSummary()));
        return ticket;
    }

    /// <summary>The priority as of now: lights that went out next to it raise it.</summary>
    public int PriorityOf(WriteScope scope, string service, string? pole, StreetAddress? address, Site? site)
    {
        if (service != ServiceCode.StreetLight) return Priority.OfPothole(address?.RoadClass, site?.Severity ?? 0, options);
        var adjacent = pole is not null && poles.Find(pole) is { } light
            ? SiteStore.DarkAmong(scope, [.. poles.Near(light.At, options.AdjacentM).Select(l => l.Pole).Where(p => p != pole)]).Count
            : 0;
        return Priority.OfLamp(address?.RoadClass, address?.AtIntersection ?? false, adjacent);
    }

    private string? PoleFor(NewRequest request) =>
        request.Service == ServiceCode.StreetLight && poles.Near(request.At, options.PoleM) is [var nearest, ..] ? nearest.Pole : null;
}
