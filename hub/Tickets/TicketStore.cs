using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of the service requests, for writing them and for the feed. Lists and details: <see cref="TicketReading"/>.</summary>
public static class TicketStore
{
    internal const string Columns =
        """
        r.number AS Number, r.jurisdiction AS Jurisdiction, r.service AS Service, r.title AS Title, r.status AS Status,
        r.stage AS Stage, r.address AS Address, r.segment AS Segment, r.lat AS Lat, r.lon AS Lon, r.priority AS Priority,
        r.source AS Source, r.opened_ms AS OpenedMs, r.target_ms AS TargetMs, r.updated_ms AS UpdatedMs, r.sampled_ms AS SampledMs,
        r.site AS Site, r.pole AS Pole, r.description AS Description, r.order_number AS OrderNumber, r.crew_name AS CrewName,
        r.evidence_for AS EvidenceFor, r.evidence_against AS EvidenceAgainst
        """;

    public static Service? Service(DbConnection connection, DbTransaction? transaction, string code) =>
        connection.QueryFirstOrDefault<Service>("SELECT code AS Code, title AS Title, target_days AS TargetDays FROM services WHERE code=@code", new { code }, transaction);

    /// <summary>Takes the next number of a year. Numbers have no meaning but their order.</summary>
    public static string NextNumber(WriteScope scope, int year)
    {
        var n = scope.QueryFirstOrDefault<long>(
            "INSERT INTO request_numbers (year, last) VALUES (@year, 1) ON CONFLICT (year) DO UPDATE SET last=request_numbers.last+1 RETURNING last", new { year });
        return $"SR-{year % 100:00}-{n:000000}";
    }

    /// <summary>
    /// Leaves a stretch of numbers free in a copy. A hub that is restored from it does not know which ones were given after it
    /// was made, and must not give them again: people hold them.
    /// </summary>
    public static void LeaveNumbers(DbConnection copy, DateTimeOffset now)
    {
        const int stretch = 10_000;
        copy.Execute(
            "INSERT INTO request_numbers (year, last) VALUES (@year, 0), (@next, 0) ON CONFLICT DO NOTHING; UPDATE request_numbers SET last=last+@stretch",
            new { year = now.Year, next = now.Year + 1, stretch });
    }

    public static Ticket? Find(DbConnection connection, DbTransaction? transaction, string number) =>
        connection.QueryFirstOrDefault<TicketRow>($"SELECT {Columns} FROM requests r WHERE r.number=@number", new { number }, transaction)?.ToTicket();

    public static Ticket? Find(WriteScope scope, string number) => Find(scope.Connection, scope.Transaction, number);

    /// <summary>The request that rests on a site: an open one before a withdrawn one before a closed one, then the newest.</summary>
    public static Ticket? OfSite(WriteScope scope, string site) =>
        scope.QueryFirstOrDefault<TicketRow>(
            $"""
             SELECT {Columns} FROM request_sites s JOIN requests r ON r.number=s.request WHERE s.site=@site
             ORDER BY CASE r.status WHEN 'open' THEN 0 WHEN 'withdrawn' THEN 1 ELSE 2 END, r.opened_ms DESC, r.number DESC LIMIT 1
             """, new { site })?.ToTicket();

    /// <summary>Open requests that rest on a site, the oldest first.</summary>
    // The empty text keeps the planner from walking all that is open in order of age, which it takes for short.
    public static List<Ticket> OpenOfSite(WriteScope scope, string site) =>
        [.. scope.Query<TicketRow>(
                $"""
                 SELECT {Columns} FROM request_sites s JOIN requests r ON r.number=s.request WHERE s.site=@site AND (r.status || '')='open'
                 ORDER BY r.opened_ms, r.number
                 """, new { site })
            .Select(r => r.ToTicket())];

    public static Ticket? OpenAtPole(WriteScope scope, string pole) =>
        scope.QueryFirstOrDefault<TicketRow>(
            $"SELECT {Columns} FROM requests r WHERE r.pole=@pole AND (r.service || '')='street-light-out' AND (r.status || '')='open' ORDER BY r.opened_ms, r.number LIMIT 1",
            new { pole })?.ToTicket();

    /// <summary>The nearest open request of a service within a distance.</summary>
    public static Ticket? OpenNear(WriteScope scope, string service, GeoPoint at, double withinM) =>
        Near(scope, service, at, withinM).Find(t => t.Status == Ticket.Open);

    /// <summary>Requests of a service within a distance, whatever became of them, the nearest first.</summary>
    public static List<Ticket> Near(WriteScope scope, string service, GeoPoint at, double withinM) =>
        [.. scope.Query<TicketRow>(
                $"SELECT {Columns} FROM requests r WHERE r.service=@service AND r.cell IN @cells",
                new { service, cells = Grid.Around(at, withinM, Grid.Fine) })
            .Select(r => r.ToTicket())
            .Where(t => t.At.DistanceMTo(at) <= withinM)
            .OrderBy(t => t.At.DistanceMTo(at)).ThenBy(t => t.Number, StringComparer.Ordinal)];

    public static void Save(WriteScope scope, Ticket t) =>
        scope.Execute(
            """
            INSERT INTO requests (number, jurisdiction, service, title, status, stage, address, segment, lat, lon, cell, priority, source,
              opened_ms, target_ms, updated_ms, sampled_ms, site, pole, description, order_number, crew_name, evidence_for, evidence_against)
            VALUES (@Number, @Jurisdiction, @Service, @Title, @Status, @Stage, @Address, @Segment, @Lat, @Lon, @Cell, @Priority, @Source,
              @OpenedMs, @TargetMs, @UpdatedMs, @SampledMs, @Site, @Pole, @Description, @OrderNumber, @CrewName, @EvidenceFor, @EvidenceAgainst)
            ON CONFLICT (number) DO UPDATE SET status=excluded.status, stage=excluded.stage, priority=excluded.priority,
              target_ms=excluded.target_ms, updated_ms=excluded.updated_ms, sampled_ms=excluded.sampled_ms, site=excluded.site,
              order_number=excluded.order_number, crew_name=excluded.crew_name, evidence_for=excluded.evidence_for,
              evidence_against=excluded.evidence_against
            """,
            TicketRow.Of(t));

    public static void LinkSite(WriteScope scope, string number, string site) =>
        scope.Execute("INSERT INTO request_sites (site, request) VALUES (@site, @number) ON CONFLICT DO NOTHING", new { site, number });

    public static void UnlinkSite(WriteScope scope, string number, string site) =>
        scope.Execute("DELETE FROM request_sites WHERE request=@number AND site=@site", new { number, site });

    public static void UnlinkSites(WriteScope scope, string number) =>
        scope.Execute("DELETE FROM request_sites WHERE request=@number", new { number });

    /// <summary>A site took another one over: whatever rested on that rests on this.</summary>
    public static void Relink(WriteScope scope, string from, string to)
    {
        scope.Execute("INSERT INTO request_sites (site, request) SELECT @to, request FROM request_sites WHERE site=@from ON CONFLICT DO NOTHING", new { from, to });
        scope.Execute("DELETE FROM request_sites WHERE site=@from", new { from });
        scope.Execute("UPDATE requests SET site=@to WHERE site=@from", new { from, to });
    }

    public static List<string> Sites(DbConnection connection, DbTransaction? transaction, string number) =>
        connection.Query<string>("SELECT site FROM request_sites WHERE request=@number ORDER BY site", new { number }, transaction).AsList();

    public static List<LinkedOrder> Orders(DbConnection connection, DbTransaction? transaction, string number) =>
        [.. connection.Query<OrderRow>(
                """
                SELECT id AS Id, request AS Request, number AS Number, state AS State, crew AS Crew, crew_name AS CrewName,
                       vehicle AS Vehicle, updated_ms AS UpdatedMs
                FROM request_orders WHERE request=@number ORDER BY number
                """, new { number }, transaction)
            .Select(r => new LinkedOrder(r.Id, r.Request, r.Number, r.State, r.Crew, r.CrewName, r.Vehicle, DateTimeOffset.FromUnixTimeMilliseconds(r.UpdatedMs)))];

    public static void SaveOrder(WriteScope scope, LinkedOrder o) =>
        scope.Execute(
            """
            INSERT INTO request_orders (id, request, number, state, crew, crew_name, vehicle, updated_ms)
            VALUES (@Id, @Request, @Number, @State, @Crew, @CrewName, @Vehicle, @UpdatedMs)
            ON CONFLICT (id) DO UPDATE SET state=excluded.state, crew=excluded.crew, crew_name=excluded.crew_name,
              vehicle=excluded.vehicle, updated_ms=excluded.updated_ms
            """,
            new { o.Id, o.Request, o.Number, o.State, o.Crew, o.CrewName, o.Vehicle, UpdatedMs = o.UpdatedAt.ToUnixTimeMilliseconds() });

    public static void AddHistory(WriteScope scope, string number, string who, string what) =>
        scope.Execute(
            """
            INSERT INTO request_history (request, n, at_ms, who, what)
            SELECT @number, coalesce(max(n), 0) + 1, @now, @who, @what FROM request_history WHERE request=@number
            """,
            new { number, who, what, now = scope.Now.ToUnixTimeMilliseconds() });

    private sealed record OrderRow(
        string Id, string Request, string Number, string State, string? Crew, string? CrewName, string? Vehicle, long UpdatedMs);
}
