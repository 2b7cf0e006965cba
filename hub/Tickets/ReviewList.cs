using System.Data.Common;
using System.Globalization;
using Dapper;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What waits for a person or another day, in the order in which it should be looked at: most urgent, best supported, oldest.</summary>
public static class ReviewList
{
    private const string Rank = "ORDER BY r.priority, r.evidence_against - r.evidence_for, r.opened_ms, r.number";

    /// <param name="connection">To read from.</param>
    /// <param name="stage">review or held.</param>
    /// <param name="service">Service code; null: all.</param>
    /// <param name="district">District id; null: all.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="cursor">What the page before gave as next.</param>
    /// <returns>One page; null when the cursor is none.</returns>
    public static (IReadOnlyList<RequestSummary> Items, string? Next)? Page(
        DbConnection connection, string stage, string? service, string? district, int limit, string? cursor)
    {
        if (Behind(cursor) is not { } behind) return null;
        var more = (service is null ? "" : "AND r.service=@Service ") + (district is null ? "" : "AND r.district=@District ");
        var rows = connection.Query<TicketRow>(
            $"""
             SELECT {TicketStore.Columns} FROM requests r
             WHERE r.stage=@Stage AND r.status='open' {more}AND (r.priority, r.evidence_against - r.evidence_for, r.opened_ms, r.number) > (@Priority, @Net, @OpenedMs, @Number)
             {Rank} LIMIT @Most
             """,
            new { Stage = stage, Service = service, District = district, behind.Priority, behind.Net, behind.OpenedMs, behind.Number, Most = limit + 1 }).AsList();
        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit
            ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].Priority}.{page[^1].EvidenceAgainst - page[^1].EvidenceFor}.{page[^1].OpenedMs}.{page[^1].Number}")
            : null;
        return ([.. page.Select(r => r.ToTicket().ToSummary())], next);
    }

    /// <summary>What is held, in order of rank.</summary>
    public static IReadOnlyList<(string Number, string Service, string? District)> Held(DbConnection connection, int most) =>
        connection.Query<(string, string, string?)>(
            $"SELECT r.number, r.service, r.district FROM requests r WHERE r.stage='held' AND r.status='open' {Rank} LIMIT @most", new { most }).AsList();

    private static (long Priority, long Net, long OpenedMs, string Number)? Behind(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return (long.MinValue, 0, 0, "");
        var parts = cursor.Split('.', 4);
        return parts.Length == 4 && Number(parts[0]) is { } priority && Number(parts[1]) is { } net && Number(parts[2]) is { } opened ? (priority, net, opened, parts[3]) : null;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
