using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Finds what a request may repeat, the surest first.</summary>
public static class DuplicateSearch
{
    private const int Most = 50;

    // The most that is compared of one place: more is a heap in which nobody finds anything.
    private const int MostCompared = 500;

    /// <param name="connection">A snapshot, or the connection of a transaction.</param>
    /// <param name="transaction">That transaction.</param>
    /// <param name="ticket">The request.</param>
    /// <param name="catalogue">Its service, and those of the same category.</param>
    /// <param name="options">The rule's.</param>
    /// <param name="ownServiceOnly">Leave out other services.</param>
    public static List<(Ticket Other, DuplicateVerdict Verdict)> Find(
        DbConnection connection, DbTransaction? transaction, Ticket ticket, ServiceCatalogue catalogue, TicketsOptions options, bool ownServiceOnly)
    {
        if (catalogue.Find(ticket.Service) is not { } service) return [];
        string[] services = ownServiceOnly ? [service.Code] : [.. catalogue.All.Where(s => s.Group == service.Group).Select(s => s.Code)];
        return [.. Others(connection, transaction, ticket, services, options)
            .Where(other => other.Number != ticket.Number && other.Parent is null)
            .DistinctBy(other => other.Number)
            .Select(other => (Other: other, Verdict: DuplicateRule.Compare(ticket, other, service, options)))
            .Where(found => found.Verdict.Sameness != Sameness.None)
            .OrderByDescending(found => found.Verdict.Sameness).ThenBy(found => found.Verdict.ByPlace)
            .ThenBy(found => found.Verdict.DistanceM ?? double.MaxValue).ThenBy(found => found.Other.Number, StringComparer.Ordinal)
            .Take(Most)];
    }

    private static List<Ticket> Others(DbConnection connection, DbTransaction? transaction, Ticket ticket, string[] services, TicketsOptions options)
    {
        var found = new List<Ticket>();
        void Add(string where, object parameters) => found.AddRange(connection.Query<TicketRow>(
            $"SELECT {TicketStore.Columns} FROM requests r WHERE (r.status || '')='open' AND {where} ORDER BY r.opened_ms DESC, r.number DESC LIMIT {MostCompared}",
            parameters, transaction).Select(r => r.ToTicket()));
        if (ticket.Pole is not null) Add("r.pole=@Pole", new { ticket.Pole });
        if (!ticket.PlaceDoubtful)
            Add("r.service IN @services AND r.cell IN @cells AND r.place_doubtful=0", new { services, cells = Grid.Around(ticket.ComparedAt, options.CandidateM, Grid.Fine) });
        // Of those at one doubtful place, the few that name the same address.
        if (ticket is { PlaceDoubtful: true, ReportedAddress: { Length: > 0 } address, ReportedAt: { } at })
        {
            Add("r.point_lat=@lat AND r.point_lon=@lon AND lower(r.reported_address)=lower(@address)",
                new { lat = TicketRow.Micro(at.Latitude), lon = TicketRow.Micro(at.Longitude), address });
        }

        return found;
    }
}
