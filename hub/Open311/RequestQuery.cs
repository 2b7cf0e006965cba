using System.Globalization;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>What a list of requests, or of updates, is asked for; read from a call's parameters.</summary>
internal sealed record RequestQuery
{
    public const int Most = 1_000;
    public const int UsualPage = 50;
    public const int MostOfPage = 500;

    /// <summary>Pages by number reach so far; Link reaches everywhere.</summary>
    public const int DeepestRow = 10_000;

    /// <summary>Ids or codes in one list.</summary>
    private const int MostListed = 500;
    private const int LongestText = 200;

    /// <summary>When not empty, everything else but format and extensions is ignored.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary><c>open</c>, <c>closed</c>; empty: both.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Of requested_datetime, Unix milliseconds, both ends included; null with <see cref="UpdatedFromMs"/>.</summary>
    public (long FromMs, long ToMs)? Requested { get; init; }

    public long? UpdatedFromMs { get; init; }

    public long? UpdatedToMs { get; init; }

    public string? Text { get; init; }

    public bool Extensions { get; init; }

    /// <summary>Rows before this page; 0 with a cursor.</summary>
    public int Skip { get; init; }

    public int Limit { get; init; } = Most;

    /// <summary>Where the page before ended.</summary>
    public string? Cursor { get; init; }

    /// <summary>Those who ask what changed read by time of change, and over all requests however old.</summary>
    public bool ByUpdated => UpdatedFromMs is not null || UpdatedToMs is not null;

    /// <param name="fields">What was sent.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">The city's.</param>
    /// <param name="capped">Whether the rule of 90 days holds.</param>
    /// <returns>The query, or every reason why it is refused.</returns>
    public static (RequestQuery Query, IReadOnlyList<string> Faults) Read(GeoFields fields, DateTimeOffset now, TimeZoneInfo zone, bool capped = true)
    {
        var faults = new List<string>();
        var extensions = fields["extensions"] is { } e && (e == "1" || e.Equals("true", StringComparison.OrdinalIgnoreCase));
        var ids = Listed(fields, "service_request_id", faults);
        if (ids.Count > 0) return (new RequestQuery { Ids = ids, Extensions = extensions, Limit = MostListed }, faults);

        GeoDate? Date(string name, bool end)
        {
            if (fields[name] is not { } text) return null;
            var date = GeoDate.TryRead(text, zone, end);
            if (date is null) faults.Add($"{name} is no date: send one like 2026-11-21T10:00:00Z");
            return date;
        }

        var (start, to) = (Date("start_date", end: false), Date("end_date", end: true));
        var (after, before) = (Date("updated_after", end: false), Date("updated_before", end: true));
        (long, long)? requested = null;
        if (start is not null || to is not null || (after is null && before is null))
        {
            var (span, fault) = DateSpan.Of(start, to, now, zone, capped);
            if (fault is not null) faults.Add(fault);
            requested = (span.FromMs, span.ToMs);
        }

        var statuses = fields.List("status").Select(s => s.ToLowerInvariant()).ToList();
        if (statuses.Exists(s => s is not ("open" or "closed"))) faults.Add("status is unknown: send open, closed or both");
        var text = fields["q"];
        if (text?.Length > LongestText) faults.Add($"q is too long: send at most {LongestText} characters");
        var (skip, limit) = Page(fields, faults);
        return (new RequestQuery
        {
            Services = Listed(fields, "service_code", faults),
            Statuses = statuses,
            Requested = requested,
            UpdatedFromMs = after?.At.ToUnixTimeMilliseconds(),
            UpdatedToMs = before is { } end ? DateSpan.LastMsOf(end.At) : null,
            Text = text,
            Extensions = extensions,
            Skip = skip,
            Limit = limit,
            Cursor = fields["cursor"],
        }, faults);
    }

    private static IReadOnlyList<string> Listed(GeoFields fields, string name, List<string> faults)
    {
        var list = fields.List(name);
        if (list.Count > MostListed) faults.Add($"{name} lists more than {MostListed}: send fewer at a time");
        return list;
    }

    private static (int Skip, int Limit) Page(GeoFields fields, List<string> faults)
    {
        int? Number(string name, int most)
        {
            if (fields[name] is not { } text) return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
            faults.Add($"{name} is out of range: send 1 to {most}");
            return null;
        }

        var size = Number("page_size", MostOfPage);
        if (fields["cursor"] is not null) return (0, size ?? UsualPage);
        var page = Number("page", DeepestRow);
        if (size is null && page is null) return (0, Most);
        var limit = size ?? UsualPage;
        var skip = ((long)(page ?? 1) - 1) * limit;
        if (skip + limit <= DeepestRow) return ((int)skip, limit);
        faults.Add($"page lies behind row {DeepestRow}: narrow the dates, or follow the Link header from page to page");
        return (0, limit);
    }
}
