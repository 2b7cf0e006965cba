using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// A request as everybody may see it. Fields are named one by one: what a ticket comes to hold beside them stays inside.
/// Never a vehicle, a crew, a trace, who reported, or when exactly a vehicle passed.
/// </summary>
internal sealed class RequestView(ServiceCatalogue catalogue, HubOptions hub, TimeProvider time)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    /// <param name="ticket">A request that may be seen.</param>
    /// <param name="mediaUrl">Of a picture that somebody marked as public.</param>
    public GeoNode.Group Of(Ticket ticket, string? mediaUrl) => new()
    {
        { "service_request_id", ticket.Number },
        { "status", StatusOf(ticket) },
        { "status_notes", NotesOn(ticket) },
        { "service_name", ticket.Title },
        { "service_code", ticket.Service },
        // What people of the city write to each other is not for everybody.
        { "description", PublicText.Description(ticket) },
        { "agency_responsible", catalogue.Department(ticket.Department)?.Title },
        { "requested_datetime", ticket.OpenedAt },
        // Of a closed one it is the day on which it closed, by GeoReport's own rule.
        { "updated_datetime", ticket.ClosedAt ?? ticket.SeenChangeAt ?? ticket.UpdatedAt },
        { "expected_datetime", ticket.TargetAt },
        { "address", ticket.Address },
        { "lat", ticket.At.Latitude },
        { "long", ticket.At.Longitude },
        { "media_url", mediaUrl },
    };

    /// <summary>The same, and what <c>extensions=true</c> adds.</summary>
    public GeoNode.Group Of(Ticket ticket, string? mediaUrl, IEnumerable<PublicUpdate> updates, EvidenceDays? evidence, string? endpoint)
    {
        var view = Of(ticket, mediaUrl);
        view.Add("extended_attributes", new GeoNode.Group
        {
            { "detailed_status", UpdateView.StatusOf(ticket.Status, ticket.Stage, ticket.ResolutionCode) },
            { "duplicate_of", ticket.Parent },
            { "evidence", evidence is { } days ? Evidence(ticket, days) : null },
        });
        view.Add("notes", new GeoNode.Many("note", [.. updates.Where(UpdateView.IsSeen).Select(u => new GeoNode.Group
        {
            { "datetime", u.At },
            { "type", UpdateView.StatusOf(u.Status, u.Stage, u.Resolution).ToLowerInvariant() },
            { "description", PublicText.Of(u.Text) },
            { "media_url", MediaUrl.Of(endpoint, u) },
        })]));
        return view;
    }

    public static string StatusOf(Ticket ticket) => ticket.Status == Ticket.Open ? Ticket.Open : Ticket.Closed;

    private string? NotesOn(Ticket ticket) =>
        ticket.Parent is { } parent ? $"This report is about the same defect as {parent}."
        : catalogue.Resolution(ticket.ResolutionCode)?.Wording ?? catalogue.StageWording(ticket.Stage);

    // As it was when the day began: whoever asks every minute must not see a vehicle pass.
    private GeoNode.Group? Evidence(Ticket ticket, EvidenceDays days)
    {
        var (passesFor, against, last) = EvidenceBefore.Told(ticket, EvidenceBefore.DayOf(time.GetUtcNow(), zone));
        if (passesFor + against == 0) return null;
        return new()
        {
            { "passes_for", (double?)passesFor },
            { "passes_against", (double?)against },
            { "first_date", Day(days.First) },
            { "last_date", Day(last ?? days.Last) },
        };
    }

    // The city's day, and nothing finer: a place and a time together would say where a vehicle was.
    private string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
