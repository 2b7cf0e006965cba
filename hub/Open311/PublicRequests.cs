using System.Data.Common;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// Requests as everybody may see them, for every way that leads outside: the lists of Open311, exports, webhooks. Which requests and
/// which of their fields is decided here and in <see cref="RequestView"/>, and nowhere else.
/// </summary>
internal sealed class PublicRequests(ServiceCatalogue catalogue, RequestView view, AccessOptions access)
{
    /// <summary>Address of the endpoint for those who are told of it without having asked; null while the hub does not know under which name it is reached.</summary>
    public string? Endpoint => access.PublicUrl.Length > 0 ? access.PublicUrl + GeoReport.Endpoint : null;

    /// <summary>Address of the endpoint for whoever asks.</summary>
    public string EndpointOf(HttpRequest request) => Endpoint ?? $"{request.Scheme}://{request.Host.ToUriComponent()}{GeoReport.Endpoint}";

    /// <summary>Codes of services whose requests may be seen.</summary>
    /// <param name="asked">Of these only; empty: of all.</param>
    public IReadOnlyList<string> Services(IReadOnlyCollection<string> asked) =>
        [.. catalogue.All.Where(s => s.Public && (asked.Count == 0 || asked.Contains(s.Code))).Select(s => s.Code)];

    public bool IsPublic(Ticket ticket) => ticket.IsPublic && catalogue.Find(ticket.Service) is { Public: true };

    /// <summary>What every answer of Open311 has.</summary>
    public IReadOnlyList<GeoNode.Group> Plain(DbConnection connection, IReadOnlyList<Ticket> tickets, string? endpoint)
    {
        var media = PublicReading.MediaOf(connection, [.. tickets.Select(t => t.Number)]);
        return [.. tickets.Select(t => view.Of(t, MediaUrl.Of(endpoint, media.GetValueOrDefault(t.Number))))];
    }

    /// <summary>With what <c>extensions=true</c> adds.</summary>
    public IReadOnlyList<GeoNode.Group> Extended(DbConnection connection, IReadOnlyList<Ticket> tickets, string? endpoint)
    {
        var numbers = tickets.Select(t => t.Number).ToList();
        var media = PublicReading.MediaOf(connection, numbers);
        var updates = TicketReading.UpdatesOf(connection, numbers).ToLookup(u => u.Request);
        var evidence = PublicReading.EvidenceOf(connection, numbers);
        return
        [
            .. tickets.Select(t => view.Of(
                t, MediaUrl.Of(endpoint, media.GetValueOrDefault(t.Number)), updates[t.Number], evidence.TryGetValue(t.Number, out var days) ? days : null, endpoint)),
        ];
    }
}
