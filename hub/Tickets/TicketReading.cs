using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of lists, counts and histories of service requests.</summary>
public static class TicketReading
{
    private const string UpdateColumns =
        """
        h.request AS Request, h.n AS N, h.public_ms AS AtMs, h.status AS Status, h.stage AS Stage, h.resolution AS Resolution, h.wording AS Wording,
        h.file AS File, h.file_type AS FileType
        """;

    /// <summary>Open requests, and those that changed since a time; newest change first.</summary>
    public static IReadOnlyList<RequestSummary> LiveSummaries(DbConnection connection, DateTimeOffset changedSince, int most) =>
        [.. connection.Query<TicketRow>(
                $"SELECT {TicketStore.Columns} FROM requests r WHERE r.status='open' OR r.updated_ms >= @since ORDER BY r.updated_ms DESC, r.number DESC LIMIT @most",
                new { since = changedSince.ToUnixTimeMilliseconds(), most })
            .Select(r => r.ToTicket().ToSummary())];

    public static RequestCounts LiveCounts(DbConnection connection, DateTimeOffset now) =>
        connection.QuerySingle<RequestCounts>(
            """
            SELECT COUNT(*) AS Open, COUNT(*) FILTER (WHERE target_ms < @now) AS Overdue,
                   COUNT(*) FILTER (WHERE service='street-light-out') AS LightsOut, COUNT(*) FILTER (WHERE service='pothole') AS Potholes
            FROM requests WHERE status='open' AND parent IS NULL
            """, new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>One page, newest first, after the cursor of the page before.</summary>
    public static (IReadOnlyList<RequestSummary> Items, string? Next) Page(DbConnection connection, RequestFilter filter)
    {
        var search = RequestSearch.Of(filter.Text);
        if (search is { IsEmpty: true }) return ([], null);
        var kind = connection.Kind();
        var (from, order) = ("requests r", "r.opened_ms DESC, r.number DESC");
        // Only what is asked for: a condition that might be none would keep the database from its indexes.
        var where = new List<string> { "1=1" };
        if (filter.Status is not null) where.Add("r.status=@Status");
        if (filter.Service is not null) where.Add("r.service=@Service");
        where.AddRange(filter.Conditions);
        if (search is null)
        {
            if (filter.After is not null) where.Add("(r.opened_ms, r.number) < (@OpenedMs, @Number)");
        }
        else if (search.Number is not null)
        {
            order = "r.number DESC";
            where.Add("r.number >= @First AND r.number < @Behind");
            if (filter.After is not null) where.Add("r.number < @Number");
        }
        else
        {
            // SQLite's index is a table of its own, whose rows have the order of what is found.
            (from, order, var seek) = kind == StorageKind.Postgres ? ("requests r", "r.seek DESC", "r.seek") : ("request_search s CROSS JOIN requests r INDEXED BY requests_seek ON r.seek=s.rowid", "s.rowid DESC", "s.rowid");
            where.Add(kind == StorageKind.Postgres ? "r.lexemes @@ CAST(@Match AS tsquery)" : "s.request_search MATCH @Match");
            if (filter.After is not null) where.Add($"{seek} < @Seek");
        }

        var rows = connection.Query<TicketRow>(
            $"SELECT {TicketStore.Columns} FROM {from} WHERE {string.Join(" AND ", where)} ORDER BY {order} LIMIT @Most",
            new
            {
                filter.Status, filter.Service, filter.Department, filter.District, filter.Parent, filter.Responsible, filter.Source, First = search?.Number, Behind = search?.Number + "~",
                // What the index knows as well it need not ask the requests.
                Match = search?.Expression(kind, new[] { filter.Status, filter.Service }.OfType<string>().Select(SearchWords.State)),
                Seek = filter.After is { } after ? SearchWords.Seek(after.OpenedMs, after.Number) : 0,
                OpenedMs = filter.After?.OpenedMs, filter.After?.Number, Most = filter.Limit + 1,
            }).AsList();
        var more = rows.Count > filter.Limit;
        var page = rows.Take(filter.Limit).ToList();
        return ([.. page.Select(r => r.ToTicket().ToSummary())], more ? new RequestCursor(page[^1].OpenedMs, page[^1].Number).ToString() : null);
    }

    public static IReadOnlyList<HistoryEntry> History(DbConnection connection, string number) =>
        [.. connection.Query<HistoryRow>(
                """
                SELECT n AS N, at_ms AS AtMs, who AS Who, kind AS Kind, what AS What, public_ms AS PublicMs, wording AS Wording, file AS File, file_type AS FileType
                FROM request_history WHERE request=@number ORDER BY n
                """, new { number })
            .Select(r => new HistoryEntry((int)r.N, DateTimeOffset.FromUnixTimeMilliseconds(r.AtMs), r.Who, r.Kind, r.What, r.PublicMs is not null, r.Wording, r.File, r.FileType))];

    /// <summary>Who changed a request last, and when: the last line of its history.</summary>
    public static HistoryEntry? LastChange(DbConnection connection, string number) => History(connection, number) is [.., var last] ? last : null;

    /// <summary>Public lines of public requests in a stretch of time, both ends included, the oldest first.</summary>
    public static IReadOnlyList<PublicUpdate> Updates(DbConnection connection, long fromMs, long toMs, int limit) =>
        [.. connection.Query<UpdateRow>(
                $"""
                 SELECT {UpdateColumns} FROM request_history h JOIN requests r ON r.number=h.request
                 WHERE h.public_ms>=@fromMs AND h.public_ms<=@toMs AND r.public_ms IS NOT NULL ORDER BY h.public_ms, h.request, h.n LIMIT @limit
                 """, new { fromMs, toMs, limit })
            .Select(r => r.ToUpdate())];

    /// <summary>One public line; null when there is none of this id, or no more.</summary>
    public static PublicUpdate? Update(DbConnection connection, string number, string updateId) =>
        UpdatesOf(connection, [number]).FirstOrDefault(u => u.Id == updateId);

    /// <summary>Public lines of these requests, of those that are public, the oldest first.</summary>
    public static IReadOnlyList<PublicUpdate> UpdatesOf(DbConnection connection, IReadOnlyCollection<string> numbers) => numbers.Count == 0 ? [] :
        [.. connection.Query<UpdateRow>(
                $"""
                 SELECT {UpdateColumns} FROM request_history h JOIN requests r ON r.number=h.request
                 WHERE h.public_ms IS NOT NULL AND r.public_ms IS NOT NULL AND h.request IN @numbers ORDER BY h.public_ms, h.request, h.n
                 """, new { numbers })
            .Select(r => r.ToUpdate())];

    private sealed record HistoryRow(
        long N, long AtMs, string Who, string Kind, string What, long? PublicMs, string? Wording, string? File, string? FileType);

    private sealed record UpdateRow(
        string Request, long N, long AtMs, string Status, string Stage, string? Resolution, string? Wording, string? File, string? FileType)
    {
        public PublicUpdate ToUpdate() => new(
            HistoryEntry.UpdateId(Request, N), Request, DateTimeOffset.FromUnixTimeMilliseconds(AtMs), Status, Stage, Resolution, Wording ?? "", File, FileType);
    }
}
