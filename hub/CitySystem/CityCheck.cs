using System.Globalization;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Tries a city's server by reading alone, and finds out what it supports and in what it differs from the specification.</summary>
/// <param name="get">Reads a resource in a format.</param>
/// <param name="now">The time.</param>
public sealed class CityCheck(Func<CityQuirks.Form, string, IReadOnlyList<KeyValuePair<string, string?>>, Task<CityReply>> get, DateTimeOffset now)
{
    private readonly List<CityFinding> findings = [];
    private CityQuirks.Form format;

    public IReadOnlyList<CityFinding> Findings => findings;

    /// <summary>Settings below <c>CitySystem</c> that differ from what is set without them.</summary>
    public SortedDictionary<string, string> Advice { get; } = new(StringComparer.Ordinal);

    /// <returns>False when it cannot be used as it is.</returns>
    public async Task<bool> RunAsync()
    {
        if (!await FormatAsync().ConfigureAwait(false)) return false;
        await DiscoveryAsync().ConfigureAwait(false);
        await RequestsAsync().ConfigureAwait(false);
        await UpdatesAsync().ConfigureAwait(false);
        return true;
    }

    private async Task<bool> FormatAsync()
    {
        var json = await get(CityQuirks.Form.Json, "services", []).ConfigureAwait(false);
        var xml = await get(CityQuirks.Form.Xml, "services", []).ConfigureAwait(false);
        var (asJson, asXml) = (Services(json), Services(xml));
        format = asJson.Count > 0 ? CityQuirks.Form.Json : CityQuirks.Form.Xml;
        if (asJson.Count == 0 && asXml.Count == 0)
        {
            Add("services", $"none: services.json {json.Cause ?? $"{json.Status}, no services"}; services.xml {xml.Cause ?? $"{xml.Status}, no services"}", null);
            return false;
        }

        var services = format == CityQuirks.Form.Json ? asJson : asXml;
        Add("formats", asJson.Count > 0 && asXml.Count > 0 ? "JSON and XML" : asJson.Count > 0 ? "JSON only" : "XML only", format == CityQuirks.Form.Xml ? ("Quirks:Format", "Xml") : null);
        Add("services", $"{services.Count}: {string.Join(", ", services.Take(4).Select(s => $"{s.Code} ({s.Name})"))}{(services.Count > 4 ? ", …" : "")}", null);
        var kinds = services.GroupBy(s => s.Type, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        Add("answers", string.Join(", ", kinds.Select(k => $"{k.Value} {k.Key}")) + (kinds.ContainsKey("blackbox") ? ": a blackbox service gives no id, each push of it needs the look-up" : ""), null);
        if (services.FirstOrDefault(s => s.Metadata) is { } asking)
        {
            var reply = await get(format, $"services/{Uri.EscapeDataString(asking.Code)}", []).ConfigureAwait(false);
            var required = reply.IsSuccess ? LenientReader.Questions(reply.Document!).Where(q => q is { IsRequired: true, IsVariable: true }).ToList() : [];
            Add("definitions", reply.IsSuccess ? $"{asking.Code} requires {(required.Count == 0 ? "nothing" : string.Join(", ", required.Select(q => q.Code)))}" : reply.Cause ?? $"{reply.Status}",
                required.Count > 0 ? ($"Attributes:OUR-SERVICE/{required[0].Code}", required[0].Values is [var first, ..] ? first : "VALUE") : null);
        }

        return true;
    }

    private async Task DiscoveryAsync()
    {
        var reply = await get(format, "discovery", []).ConfigureAwait(false);
        var endpoints = reply.Document?.Root is { } root && reply.IsSuccess ? All(root).Where(n => n.TextOf("specification") is not null && n.TextOf("url") is not null).ToList() : [];
        Add("discovery", endpoints.Count == 0 ? "none here" : string.Join(", ", endpoints.Select(e => $"{e.TextOf("type") ?? "?"} {e.TextOf("url")}")), null);
    }

    private async Task RequestsAsync()
    {
        var week = await ListAsync(("start_date", now.AddDays(-7)), ("end_date", now)).ConfigureAwait(false);
        if (Rows(week) is not { } rows)
        {
            Add("requests", $"cannot be listed ({week.Cause ?? $"{week.Status}"}): a push whose answer is lost will always need a person", ("Quirks:CanLookUp", "false"));
            return;
        }

        var newest = rows.Select(r => r.RequestedAt).Where(t => t <= now).Max();
        Add("requests", $"{rows.Count} of the last 7 days{(newest is { } at ? $", the newest {(now - at).TotalMinutes:0} minutes old" : "")}", null);
        Add("rows", $"{rows.Count(r => r.At is not null)} of {rows.Count} with a place, {rows.Count(r => r.Description is not null)} with a description, {rows.Count(r => r.RequestedAt is not null)} with a time, {rows.Count(r => r.Id is null)} without an id", null);
        Times(week);
        await FilterAsync(rows).ConfigureAwait(false);
        await PagesAsync(rows).ConfigureAwait(false);
        await IdsAsync(rows).ConfigureAwait(false);
        var changed = await get(format, "requests", [new("updated_after", CityForm.Time(now.AddDays(30), CityQuirks.Zone.Utc, TimeZoneInfo.Utc))]).ConfigureAwait(false);
        var none = IsEmpty(changed);
        Add("updated_after", none && rows.Count > 0 ? "supported" : rows.Count == 0 ? "cannot be told: no rows" : "ignored", none && rows.Count > 0 ? ("Quirks:UpdatedAfter", "true") : null);
        Add("markers", "cannot be told by reading: after three pushes, GET /api/city says whether the city keeps them", null);
    }

    private void Times(CityReply reply)
    {
        var bare = reply.Document?.Root is { } root
            ? All(root).Select(n => n.TextOf("requested_datetime")).OfType<string>().Count(t => !t.EndsWith('Z') && !(t.Length > 6 && t[10..].LastIndexOfAny(['+', '-']) > 0))
            : 0;
        Add("times", bare == 0 ? "with a zone" : $"{bare} without a zone", bare > 0 ? ("Quirks:LocalTimes", "true") : null);
    }

    private async Task FilterAsync(IReadOnlyList<CityRow> rows)
    {
        var old = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var empty = await ListAsync(("start_date", old), ("end_date", old.AddDays(1))).ConfigureAwait(false);
        if (Rows(empty) is { Count: > 0 })
            Add("start_date", "ignored: every list is all that the server gives", ("Quirks:List", "None"));
        else if (rows.Count > 0 && rows.All(r => r.RequestedAt is null || r.RequestedAt >= now.AddDays(-8)))
            Add("start_date", "honoured", null);
        else Add("start_date", rows.Count == 0 ? "cannot be told: no rows" : "rows are older than was asked for", rows.Count == 0 ? null : ("Quirks:List", "None"));
        Add("nothing found", empty.Status == StatusCodes.Status404NotFound ? "answered with 404" : empty.IsSuccess && Rows(empty) is not null ? "answered with an empty list" : empty.Cause ?? $"{empty.Status}",
            empty.Status == StatusCodes.Status404NotFound ? ("Quirks:EmptyIs404", "true") : null);
    }

    private async Task PagesAsync(IReadOnlyList<CityRow> rows)
    {
        if (rows.Count < 2)
        {
            Add("pages", "cannot be told: too few rows", null);
            return;
        }

        var dates = new[] { ("start_date", now.AddDays(-7)), ("end_date", now) };
        var first = Rows(await ListAsync([("page", "1"), ("page_size", "1")], dates).ConfigureAwait(false));
        var second = Rows(await ListAsync([("page", "2"), ("page_size", "1")], dates).ConfigureAwait(false));
        var has = first is [var a] && second is [var b] && a.Id != b.Id;
        Add("pages", has ? "supported" : $"none: lists end at the server's own bound ({rows.Count} rows here)",
            has ? ("Quirks:Paging", "true") : rows.Count >= 50 && rows.Count % 50 == 0 ? ("Quirks:ListCap", rows.Count.ToString(CultureInfo.InvariantCulture)) : null);
    }

    private async Task IdsAsync(IReadOnlyList<CityRow> rows)
    {
        var ids = rows.Select(r => r.Id).OfType<string>().Distinct(StringComparer.Ordinal).Take(2).ToList();
        if (ids.Count < 2) return;
        var got = Rows(await get(format, "requests", [new("service_request_id", string.Join(',', ids))]).ConfigureAwait(false));
        var has = got is { Count: 2 } && got.All(r => r.Id is not null && ids.Contains(r.Id));
        Add("several ids", has ? "supported" : "not supported: asked one by one", has ? null : ("Quirks:IdLists", "false"));
    }

    private async Task UpdatesAsync()
    {
        var reply = await get(format, "servicerequestupdates", [
            new("start_date", CityForm.Time(now.AddDays(-1), CityQuirks.Zone.Utc, TimeZoneInfo.Utc)), new("end_date", CityForm.Time(now, CityQuirks.Zone.Utc, TimeZoneInfo.Utc))]).ConfigureAwait(false);
        var has = reply.IsSuccess && LenientReader.IsList(reply.Document!);
        Add("updates", has ? "servicerequestupdates is there" : "none: our news of a request stays here", has ? ("Quirks:Updates", "true") : null);
    }

    private Task<CityReply> ListAsync(params (string Name, DateTimeOffset At)[] dates) => ListAsync([], dates);

    private Task<CityReply> ListAsync((string Name, string Value)[] more, params (string Name, DateTimeOffset At)[] dates) =>
        get(format, "requests", [
            .. dates.Select(d => new KeyValuePair<string, string?>(d.Name, CityForm.Time(d.At, CityQuirks.Zone.Utc, TimeZoneInfo.Utc))),
            .. more.Select(m => new KeyValuePair<string, string?>(m.Name, m.Value))]);

    private static IReadOnlyList<CityRow>? Rows(CityReply reply) =>
        reply.Status == StatusCodes.Status404NotFound && reply.Document is { Format: "json" or "xml" } ? []
        : reply.IsSuccess && LenientReader.IsList(reply.Document!) ? LenientReader.Requests(reply.Document!, TimeZoneInfo.Utc) : null;

    private static bool IsEmpty(CityReply reply) => Rows(reply) is { Count: 0 };

    private static IReadOnlyList<CityService> Services(CityReply reply) => reply.IsSuccess ? LenientReader.Services(reply.Document!) : [];

    private static IEnumerable<CityNode> All(CityNode node) => node.Children.SelectMany(All).Prepend(node);

    private void Add(string what, string found, (string Key, string Value)? set)
    {
        findings.Add(new CityFinding(what, found, set is { } s ? $"{s.Key}={s.Value}" : ""));
        if (set is { } advice) Advice[advice.Key] = advice.Value;
    }
}
