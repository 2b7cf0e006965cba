using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of the service requests, for writing them and for the feed. Lists and details: <see cref="TicketReading"/>.</summary>
public static class TicketStore
{
    /// <summary>Of the table under the name <c>r</c>.</summary>
    internal static readonly string Columns = TicketColumns.Select;

    private static readonly string Upsert =
        $"""
         INSERT INTO requests ({TicketColumns.Names}) VALUES ({TicketColumns.Parameters})
         ON CONFLICT (number) DO UPDATE SET {TicketColumns.Updates}, version=requests.version+1 RETURNING version
         """;

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
    // The concatenation keeps the planner from walking all that is open in order of age, which it takes for short.
    public static List<Ticket> OpenOfSite(WriteScope scope, string site) =>
        [.. scope.Query<TicketRow>(
                $"""
                 SELECT {Columns} FROM request_sites s JOIN requests r ON r.number=s.request WHERE s.site=@site AND (r.status || '')='open'
                 ORDER BY r.opened_ms, r.number
                 """, new { site })
            .Select(r => r.ToTicket())];

    public static Ticket? OpenAtPole(WriteScope scope, string pole) =>
        scope.QueryFirstOrDefault<TicketRow>(
            $"""
             SELECT {Columns} FROM requests r WHERE r.pole=@pole AND (r.service || '')='street-light-out' AND (r.status || '')='open' AND r.parent IS NULL
             ORDER BY r.opened_ms, r.number LIMIT 1
             """, new { pole })?.ToTicket();

    /// <summary>Every request of a pole, the oldest first.</summary>
    public static List<Ticket> OfPole(WriteScope scope, string pole) =>
        [.. scope.Query<TicketRow>($"SELECT {Columns} FROM requests r WHERE r.pole=@pole ORDER BY r.opened_ms, r.number", new { pole }).Select(r => r.ToTicket())];

    /// <summary>Holds the surroundings of places until the end of the transaction: whoever looks for neighbours there and then opens comes first or last.</summary>
    public static void LockAround(WriteScope scope, IEnumerable<GeoPoint> places, double withinM) =>
        scope.LockCells(places.SelectMany(p => Grid.Around(p, withinM, Grid.Fine)).Distinct());

    /// <summary>The nearest open request of a service within a distance.</summary>
    public static Ticket? OpenNear(WriteScope scope, string service, GeoPoint at, double withinM) =>
        Near(scope, service, at, withinM).Find(t => t.Status == Ticket.Open);

    /// <summary>
    /// Requests of a service within a distance, whatever became of them, the nearest first. Without those that repeat another
    /// one, and without those whose place is doubtful.
    /// </summary>
    public static List<Ticket> Near(WriteScope scope, string service, GeoPoint at, double withinM) =>
        [.. NearAnything(scope, at, withinM, [service]).Where(t => t.Parent is null)];

    /// <summary>
    /// Requests of any of these services within a distance, the nearest first, without those whose place is doubtful. The cells
    /// in reach are held until the transaction ends, so that nobody else opens one there meanwhile.
    /// </summary>
    public static List<Ticket> NearAnything(WriteScope scope, GeoPoint at, double withinM, IReadOnlyCollection<string> services)
    {
        var cells = Grid.Around(at, withinM, Grid.Fine);
        scope.LockCells(cells);
        return [.. scope.Query<TicketRow>(
                $"SELECT {Columns} FROM requests r WHERE r.service IN @services AND r.cell IN @cells AND r.place_doubtful=0", new { services, cells })
            .Select(r => r.ToTicket())
            .Where(t => t.At.DistanceMTo(at) <= withinM)
            .OrderBy(t => t.At.DistanceMTo(at)).ThenBy(t => t.Number, StringComparer.Ordinal)];
    }

    /// <summary>Writes a request as it is now.</summary>
    /// <returns>It with its new version.</returns>
    public static Ticket Save(WriteScope scope, Ticket t) => t with { Version = scope.QueryFirstOrDefault<long>(Upsert, TicketRow.Of(t)) };

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
                       vehicle AS Vehicle, updated_ms AS UpdatedMs, reason AS Reason, resolution AS Resolution, closes AS Closes
                FROM request_orders WHERE request=@number ORDER BY number
                """, new { number }, transaction)
            .Select(r => new LinkedOrder(
                r.Id, r.Request, r.Number, r.State, r.Crew, r.CrewName, r.Vehicle, DateTimeOffset.FromUnixTimeMilliseconds(r.UpdatedMs), r.Reason, r.Resolution)
            { Closes = r.Closes != 0 })];

    public static void SaveOrder(WriteScope scope, LinkedOrder o) =>
        scope.Execute(
            """
            INSERT INTO request_orders (id, request, number, state, crew, crew_name, vehicle, updated_ms, reason, resolution, closes)
            VALUES (@Id, @Request, @Number, @State, @Crew, @CrewName, @Vehicle, @UpdatedMs, @Reason, @Resolution, @Closes)
            ON CONFLICT (id) DO UPDATE SET state=excluded.state, crew=excluded.crew, crew_name=excluded.crew_name,
              vehicle=excluded.vehicle, updated_ms=excluded.updated_ms, reason=excluded.reason, resolution=excluded.resolution, closes=excluded.closes
            """,
            new
            {
                o.Id, o.Request, o.Number, o.State, o.Crew, o.CrewName, o.Vehicle, UpdatedMs = o.UpdatedAt.ToUnixTimeMilliseconds(), o.Reason, o.Resolution,
                Closes = o.Closes ? 1 : 0,
            });

    /// <summary>Writes a line of the history that is the city's own.</summary>
    public static void AddHistory(WriteScope scope, string number, string who, string what) =>
        AddHistory(scope, Find(scope, number) ?? throw new InvalidOperationException($"no request {number}"), who, what);

    /// <summary>Writes a line of the history.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="ticket">The request as it is after what the line tells.</param>
    /// <param name="who">Who did it.</param>
    /// <param name="what">For the city.</param>
    /// <param name="kind">change, note or media.</param>
    /// <param name="isPublic">Whether <paramref name="wording"/> may be seen outside.</param>
    /// <param name="wording">For residents.</param>
    /// <param name="file">SHA-256 of an attachment.</param>
    /// <param name="fileType">Its media type.</param>
    /// <returns>Its place in the history.</returns>
    public static long AddHistory(
        WriteScope scope, Ticket ticket, string who, string what, string kind = HistoryEntry.Change, bool isPublic = false, string? wording = null,
        string? file = null, string? fileType = null) =>
        scope.QueryFirstOrDefault<long>(
            """
            INSERT INTO request_history (request, n, at_ms, who, kind, what, public_ms, wording, status, stage, resolution, file, file_type)
            SELECT @Number, coalesce(max(n), 0) + 1, @now, @who, @kind, @what, CAST(@publicMs AS BIGINT), @wording, @Status, @Stage, @ResolutionCode, @file, @fileType
            FROM request_history WHERE request=@Number RETURNING n
            """,
            new
            {
                ticket.Number, ticket.Status, ticket.Stage, ticket.ResolutionCode, who, what, kind, publicMs = isPublic ? scope.Now.ToUnixTimeMilliseconds() : (long?)null, wording, file, fileType,
                now = scope.Now.ToUnixTimeMilliseconds(),
            });

    /// <summary>Marks a line of the history as public with these words, or takes that back.</summary>
    public static void Publish(WriteScope scope, string number, int n, bool isPublic, string? wording) =>
        scope.Execute(
            "UPDATE request_history SET public_ms=@publicMs, wording=@wording WHERE request=@number AND n=@n",
            new { number, n, wording, publicMs = isPublic ? scope.Now.ToUnixTimeMilliseconds() : (long?)null });

    /// <summary>One more report names exactly this place.</summary>
    public static void CountPoint(WriteScope scope, GeoPoint at) =>
        scope.Execute(
            "INSERT INTO request_points (lat, lon, reports) VALUES (@lat, @lon, 1) ON CONFLICT (lat, lon) DO UPDATE SET reports=request_points.reports+1",
            new { lat = TicketRow.Micro(at.Latitude), lon = TicketRow.Micro(at.Longitude) });

    /// <summary>At least so many reports, elsewhere or here, name exactly this place.</summary>
    public static void LearnPoint(WriteScope scope, GeoPoint at, long reports) =>
        scope.Execute(
            """
            INSERT INTO request_points (lat, lon, reports) VALUES (@lat, @lon, @reports)
            ON CONFLICT (lat, lon) DO UPDATE SET reports=CASE WHEN request_points.reports < excluded.reports THEN excluded.reports ELSE request_points.reports END
            """, new { lat = TicketRow.Micro(at.Latitude), lon = TicketRow.Micro(at.Longitude), reports });

    /// <summary>How many reports name exactly this place.</summary>
    public static long PointCount(WriteScope scope, GeoPoint at) =>
        scope.QueryFirstOrDefault<long>(
            "SELECT reports FROM request_points WHERE lat=@lat AND lon=@lon", new { lat = TicketRow.Micro(at.Latitude), lon = TicketRow.Micro(at.Longitude) });

    private sealed record OrderRow(
        string Id, string Request, string Number, string State, string? Crew, string? CrewName, string? Vehicle, long UpdatedMs, string? Reason, string? Resolution, long Closes);
}
