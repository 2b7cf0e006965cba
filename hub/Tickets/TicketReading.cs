using System.Data.Common;
using Dapper;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of lists, counts and histories of service requests.</summary>
public static class TicketReading
{
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
            FROM requests WHERE status='open'
            """, new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>One page, newest first, after the cursor of the page before.</summary>
    public static (IReadOnlyList<RequestSummary> Items, string? Next) Page(DbConnection connection, RequestFilter filter)
    {
        var rows = connection.Query<TicketRow>(
            $"""
             SELECT {TicketStore.Columns} FROM requests r
             WHERE (@Status IS NULL OR r.status=@Status) AND (@Service IS NULL OR r.service=@Service)
               AND (@Text IS NULL OR instr(lower(r.number), @Text) > 0 OR instr(lower(coalesce(r.address, '')), @Text) > 0
                    OR lower(coalesce(r.pole, '')) = @Text)
               AND (@OpenedMs IS NULL OR (r.opened_ms, r.number) < (@OpenedMs, @Number))
             ORDER BY r.opened_ms DESC, r.number DESC LIMIT @Limit + 1
             """,
            new
            {
                filter.Status, filter.Service, Text = string.IsNullOrWhiteSpace(filter.Text) ? null : filter.Text.Trim().ToLowerInvariant(),
                OpenedMs = filter.After?.OpenedMs, filter.After?.Number, filter.Limit,
            }).AsList();
        var more = rows.Count > filter.Limit;
        var page = rows.Take(filter.Limit).ToList();
        return ([.. page.Select(r => r.ToTicket().ToSummary())], more ? new RequestCursor(page[^1].OpenedMs, page[^1].Number).ToString() : null);
    }

    public static IReadOnlyList<HistoryEntry> History(DbConnection connection, string number) =>
        [.. connection.Query<HistoryRow>("SELECT at_ms AS AtMs, who AS Who, what AS What FROM request_history WHERE request=@number ORDER BY n", new { number })
            .Select(r => new HistoryEntry(DateTimeOffset.FromUnixTimeMilliseconds(r.AtMs), r.Who, r.What))];

    private sealed record HistoryRow(long AtMs, string Who, string What);
}
