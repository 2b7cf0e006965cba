using System.Data.Common;
using System.Globalization;
using Dapper;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Open requests in the order in which they are due, or the most urgent first; those without a target date come last.</summary>
public static class DueList
{
    /// <summary>The earliest target date first.</summary>
    public const string ByTarget = "target";

    /// <summary>The most urgent first, then the earliest target date.</summary>
    public const string ByPriority = "priority";

    // As the indexes have it.
    private const string Due = "coalesce(r.target_ms, 9007199254740991)";
    private const long NoDate = 9_007_199_254_740_991;

    /// <param name="connection">To read from.</param>
    /// <param name="filter">Its status, text and cursor do not count.</param>
    /// <param name="order"><see cref="ByTarget"/> or <see cref="ByPriority"/>.</param>
    /// <param name="cursor">What the page before gave as next.</param>
    /// <returns>One page; null when the cursor is none of this order.</returns>
    public static (IReadOnlyList<RequestSummary> Items, string? Next)? Page(DbConnection connection, RequestFilter filter, string order, string? cursor)
    {
        if (Behind(order, cursor) is not { } behind) return null;
        var where = new List<string> { "r.status='open'" };
        if (filter.Service is not null) where.Add("r.service=@Service");
        where.AddRange(filter.Conditions);
        if (!string.IsNullOrEmpty(cursor)) where.Add(order == ByTarget ? $"({Due}, r.number) > (@DueMs, @Number)" : $"(r.priority, {Due}, r.number) > (@Priority, @DueMs, @Number)");
        var rows = connection.Query<TicketRow>(
            $"SELECT {TicketStore.Columns} FROM requests r WHERE {string.Join(" AND ", where)} ORDER BY {(order == ByTarget ? "" : "r.priority, ")}{Due}, r.number LIMIT @Most",
            new
            {
                filter.Service, filter.Department, filter.District, filter.Parent, filter.Responsible, filter.Source,
                behind.Priority, behind.DueMs, behind.Number, Most = filter.Limit + 1,
            }).AsList();
        var page = rows.Take(filter.Limit).ToList();
        var next = rows.Count > filter.Limit ? string.Create(CultureInfo.InvariantCulture, $"{order}.{page[^1].Priority}.{page[^1].TargetMs ?? NoDate}.{page[^1].Number}") : null;
        return ([.. page.Select(r => r.ToTicket().ToSummary())], next);
    }

    private static (long Priority, long DueMs, string Number)? Behind(string order, string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return (0, 0, "");
        return cursor.Split('.', 4) is [var of, var priority, var due, { Length: > 0 } number] && of == order
            && long.TryParse(priority, NumberStyles.None, CultureInfo.InvariantCulture, out var p) && long.TryParse(due, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? (p, ms, number)
            : null;
    }
}
