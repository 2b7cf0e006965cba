using System.Data.Common;
using System.Globalization;
using Dapper;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of what everybody may see of requests: those that have become public, and nothing of the others.</summary>
public static class PublicReading
{
    /// <summary>One page, the newest first, and where it ended when there is more.</summary>
    public static (IReadOnlyList<Ticket> Items, RequestCursor? Next) Page(DbConnection connection, PublicFilter filter)
    {
        if (filter.Services.Count == 0 || (filter.Numbers.Count == 0 && !filter.Open && !filter.Closed)) return ([], null);
        var time = filter.ByUpdated ? "r.seen_change_ms" : "r.opened_ms";
        var after = filter.After ?? (filter.Skip > 0 ? EndOf(connection, filter, time) : null);
        if (filter is { Skip: > 0, After: null } && after is null) return ([], null);
        var rows = connection.Query<TicketRow>(
            $"SELECT {TicketStore.Columns} FROM requests r WHERE {Where(filter, after, time)} ORDER BY {time} DESC, r.number DESC LIMIT @most",
            Parameters(filter, after, filter.Limit + 1)).AsList();
        var page = rows.Take(filter.Limit).ToList();
        var next = rows.Count > filter.Limit ? new RequestCursor(filter.ByUpdated ? page[^1].SeenChangeMs : page[^1].OpenedMs, page[^1].Number) : null;
        return ([.. page.Select(r => r.ToTicket())], next);
    }

    /// <summary>First and last pass of the evidence of each request that rests on any.</summary>
    public static IReadOnlyDictionary<string, EvidenceDays> EvidenceOf(DbConnection connection, IReadOnlyCollection<string> numbers)
    {
        var days = new Dictionary<string, EvidenceDays>(StringComparer.Ordinal);
        if (numbers.Count == 0) return days;
        foreach (var (request, id) in connection.Query<(string, string)>("SELECT request, site FROM request_sites WHERE request IN @numbers ORDER BY request, site", new { numbers }))
        {
            if (SiteStore.Find(connection, id) is not { } site || site.For + site.Against == 0) continue;
            var (first, last) = (DateTimeOffset.FromUnixTimeMilliseconds(site.FirstMs), DateTimeOffset.FromUnixTimeMilliseconds(site.LastMs));
            days[request] = days.TryGetValue(request, out var known)
                ? new EvidenceDays(first < known.First ? first : known.First, last > known.Last ? last : known.Last)
                : new EvidenceDays(first, last);
        }

        return days;
    }

    /// <summary>The newest picture of each request that somebody marked as public.</summary>
    public static IReadOnlyDictionary<string, PublicMedia> MediaOf(DbConnection connection, IReadOnlyCollection<string> numbers)
    {
        var newest = new Dictionary<string, PublicMedia>(StringComparer.Ordinal);
        if (numbers.Count == 0) return newest;
        foreach (var (request, n, type) in connection.Query<(string, long, string)>(
            """
            SELECT request, n, file_type FROM request_history
            WHERE request IN @numbers AND public_ms IS NOT NULL AND file IS NOT NULL AND file_type IN @types ORDER BY request, n
            """, new { numbers, types = CleanPicture.Types }))
            newest[request] = new PublicMedia(HistoryEntry.UpdateId(request, n), type);
        return newest;
    }

    /// <summary>A picture that somebody marked as public, with its request; null when there is none of this id, or no more.</summary>
    public static (Ticket Ticket, string Sha256, string Type)? Media(DbConnection connection, string id)
    {
        var dash = id.LastIndexOf('-');
        if (dash <= 0 || !long.TryParse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return null;
        var (file, type) = connection.QueryFirstOrDefault<(string?, string?)>(
            "SELECT file, file_type FROM request_history WHERE request=@number AND n=@n AND public_ms IS NOT NULL AND file_type IN @types",
            new { number = id[..dash], n, types = CleanPicture.Types });
        return file is not null && type is not null && TicketStore.Find(connection, null, id[..dash]) is { IsPublic: true } ticket ? (ticket, file, type) : null;
    }

    /// <summary>The row before a page that is asked for by its number: keys only, which an index has.</summary>
    private static RequestCursor? EndOf(DbConnection connection, PublicFilter filter, string time)
    {
        var keys = connection.Query<(long Ms, string Number)>(
            $"SELECT {time} AS ms, r.number FROM requests r WHERE {Where(filter, null, time)} ORDER BY {time} DESC, r.number DESC LIMIT @most",
            Parameters(filter, null, filter.Skip)).AsList();
        return keys.Count == filter.Skip ? new RequestCursor(keys[^1].Ms, keys[^1].Number) : null;
    }

    private static string Where(PublicFilter filter, RequestCursor? after, string time)
    {
        List<string> conditions = ["r.public_ms IS NOT NULL", "r.service IN @Services"];
        if (after is not null) conditions.Add($"({time}, r.number) < (@afterMs, @afterNumber)");
        if (filter.Numbers.Count > 0)
        {
            conditions.Add("r.number IN @Numbers");
            return string.Join(" AND ", conditions);
        }

        if (!filter.Closed) conditions.Add("r.status='open'");
        if (!filter.Open) conditions.Add("r.status<>'open'");
        if (filter.OpenedFromMs is not null) conditions.Add("r.opened_ms>=@OpenedFromMs");
        if (filter.OpenedToMs is not null) conditions.Add("r.opened_ms<=@OpenedToMs");
        if (filter.UpdatedFromMs is not null) conditions.Add("r.seen_change_ms>=@UpdatedFromMs");
        if (filter.UpdatedToMs is not null) conditions.Add("r.seen_change_ms<=@UpdatedToMs");
        if (filter.Text is not null)
            conditions.Add("(lower(r.number) LIKE lower(@text) ESCAPE '!' OR lower(r.title) LIKE lower(@text) ESCAPE '!' OR lower(coalesce(r.address, '')) LIKE lower(@text) ESCAPE '!')");
        return string.Join(" AND ", conditions);
    }

    private static object Parameters(PublicFilter filter, RequestCursor? after, int most) => new
    {
        filter.Services, filter.Numbers, filter.OpenedFromMs, filter.OpenedToMs, filter.UpdatedFromMs, filter.UpdatedToMs, most,
        text = filter.Text is { } text ? $"%{text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%" : null,
        afterMs = after?.OpenedMs, afterNumber = after?.Number,
    };
}
