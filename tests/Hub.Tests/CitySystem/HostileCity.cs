using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>
/// A city's Open311 server as bad as real ones are. It knows the truth: everything that it committed, as it was sent. What it does
/// to a call depends on the seed, the call's own text and how often it came, not on what else is going on.
/// </summary>
internal sealed partial class HostileCity(int seed, CityTemper temper, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<Kept> kept = [];
    private readonly Dictionary<string, int> calls = [];
    private readonly List<Dictionary<string, string>> updates = [];
    private long next = 5_000_000;

    public enum Fate
    {
        Answered,
        TimedOut,
        Cut,
        NoConnection,
        HubEnds,
        HubStallsBefore,
        HubStallsAfter,
    }

    public int Posts { get; private set; }

    public Dictionary<string, int> Faults { get; } = [];

    public IReadOnlyList<Kept> Truth
    {
        get
        {
            lock (gate) return [.. kept];
        }
    }

    public IReadOnlyList<Dictionary<string, string>> Updates
    {
        get
        {
            lock (gate) return [.. updates];
        }
    }

    /// <summary>Somebody else's request, seen at once.</summary>
    public string AddResident(string service, double lat, double lon, string description, string status = "open")
    {
        lock (gate)
        {
            var id = NextId();
            kept.Add(new Kept(id, service, lat, lon, description, description, time.GetUtcNow(), time.GetUtcNow(), null, time.GetUtcNow()) { Status = status });
            return id;
        }
    }

    /// <summary>The city's staff changes a request.</summary>
    public void Change(string id, string status, string? notes = null)
    {
        lock (gate)
        {
            var row = kept.Find(k => k.Id == id)!;
            row.Status = status;
            row.Notes = notes;
            row.UpdatedAt = time.GetUtcNow();
        }
    }

    /// <summary>One call. With <paramref name="isStalledBefore"/> it comes after the hub stood still: that is not decided again.</summary>
    public (Fate Fate, Reply? Reply) Handle(string method, string path, IReadOnlyDictionary<string, string> fields, bool isStalledBefore = false)
    {
        lock (gate)
        {
            var xml = path.EndsWith(".xml", StringComparison.Ordinal);
            if (temper.Xml && !xml) return (Fate.Answered, new Reply(404, "text/html", "<html><body>Not found</body></html>"));
            var bare = path[..path.LastIndexOf('.')];
            if (method == "POST") return bare == "requests" ? Post(fields, xml, isStalledBefore) : PostUpdate(fields, xml);
            var random = Chance("GET " + path + string.Join('&', fields.Values));
            if (random.NextDouble() < temper.BadRead)
            {
                Count("bad read");
                return random.Next(5) switch
                {
                    0 => (Fate.TimedOut, null),
                    1 => (Fate.Cut, null),
                    2 => (Fate.Answered, new Reply(503, "text/html", "<html>down</html>")),
                    3 => (Fate.Answered, new Reply(200, "text/html", "<!DOCTYPE html><html><body>[]</body></html>")),
                    _ => (Fate.Answered, new Reply(429, "text/plain", "slow down") { RetryAfterSeconds = 20 }),
                };
            }

            if (bare.StartsWith("tokens/", StringComparison.Ordinal)) return (Fate.Answered, Token(bare["tokens/".Length..], xml));
            if (bare == "servicerequestupdates") return (Fate.Answered, UpdateList(xml));
            if (bare == "requests") return (Fate.Answered, temper.NoList ? new Reply(403, "application/json", "[{\"code\":403,\"description\":\"not for you\"}]") : List(fields, xml, random));
            if (bare == "services") return (Fate.Answered, Services(xml));
            return (Fate.Answered, new Reply(404, "application/json", "[{\"code\":404,\"description\":\"no such resource\"}]"));
        }
    }

    private (Fate, Reply?) Post(IReadOnlyDictionary<string, string> form, bool xml, bool isStalledBefore)
    {
        Posts++;
        var random = Chance(string.Join('&', form.Values));
        var now = time.GetUtcNow();
        var roll = random.NextDouble();
        bool Is(double chance, string name)
        {
            roll -= chance;
            if (roll >= 0) return false;
            Count(name);
            return true;
        }

        if (!isStalledBefore && Is(temper.HubStalls / 2, "hub stalls before")) return (Fate.HubStallsBefore, null);
        if (Is(temper.HubEnds / 2, "hub ends before")) return (Fate.HubEnds, null);
        if (Is(temper.NoConnection, "no connection")) return (Fate.NoConnection, null);
        if (Is(temper.Throttled, "429")) return (Fate.Answered, new Reply(429, "text/plain", "slow down") { RetryAfterSeconds = random.Next(1, 90) });
        if (Is(temper.CutBefore, "cut before")) return (Fate.Cut, null);
        if (Is(temper.Error500Before, "500 before")) return (Fate.Answered, new Reply(500, "text/html", "<html>oops</html>"));
        if (Is(temper.SlowLost, "slow, lost")) return (Fate.TimedOut, null);
        if (Is(temper.SlowStored, "slow, stored"))
        {
            Keep(form, now + (temper.SlowCommit * random.NextDouble()), random);
            return (Fate.TimedOut, null);
        }

        var row = Keep(form, now, random);
        if (Is(temper.HubStalls / 2, "hub stalls after")) return (Fate.HubStallsAfter, Stored(row, row.Id, xml, random));
        if (Is(temper.HubEnds / 2, "hub ends after")) return (Fate.HubEnds, null);
        if (Is(temper.CutAfter, "cut after")) return (Fate.Cut, null);
        if (Is(temper.Error500After, "500 after")) return (Fate.Answered, new Reply(500, "text/html", "<html>oops</html>"));
        if (Is(temper.EmptyAnswer, "empty answer")) return (Fate.Answered, new Reply(200, "application/json", ""));
        if (Is(temper.PageOfHtml, "page of HTML")) return (Fate.Answered, new Reply(200, "text/html", "<html><body>Thank you!</body></html>"));
        if (!temper.Batch && kept.Count > 1 && Is(temper.DuplicateId, "duplicate id")) return (Fate.Answered, Stored(row, kept[random.Next(kept.Count - 1)].Id, xml, random));
        return (Fate.Answered, Stored(row, row.Id, xml, random));
    }

    private Kept Keep(IReadOnlyDictionary<string, string> form, DateTimeOffset at, Random random)
    {
        var sent = form.GetValueOrDefault("description") ?? "";
        var shown = temper.StripsMarkers ? Brackets().Replace(sent, "") : sent;
        var row = new Kept(
            NextId(), form["service_code"], double.Parse(form["lat"], CultureInfo.InvariantCulture), double.Parse(form["long"], CultureInfo.InvariantCulture), sent, shown,
            at, at + (temper.Lag * random.NextDouble()), temper.Batch ? $"tok-{next}" : null, at + TimeSpan.FromMinutes(random.Next(1, 240))) { Attributes = form };
        kept.Add(row);
        return row;
    }

    private Reply Stored(Kept row, string id, bool xml, Random random)
    {
        var name = temper.Batch ? "token" : "service_request_id";
        var value = temper.Batch ? row.Token! : id;
        if (xml) return new Reply(200, "text/xml; charset=utf-8", $"<?xml version=\"1.0\" encoding=\"utf-8\"?><service_requests><request><{name}>{value}</{name}><service_notice/></request></service_requests>");
        var json = $"{{\"{name}\":{(temper.NumberIds && !temper.Batch ? value : $"\"{value}\"")},\"service_notice\":null}}";
        return random.Next(3) switch
        {
            0 => new Reply(200, "application/json", $"[{json}]"),
            1 => new Reply(201, "text/plain", $"{{\"service_requests\":{{\"request\":{json}}}}}"),
            _ => new Reply(202, "application/json", json),
        };
    }

    private Reply Token(string token, bool xml)
    {
        var row = kept.Find(k => k.Token == token);
        if (row is null || row.TokenAt > time.GetUtcNow())
            return row is null || token.GetHashCode(StringComparison.Ordinal) % 2 == 0
                ? new Reply(404, xml ? "text/xml" : "application/json", xml ? "<errors><error><code>404</code><description>unknown token</description></error></errors>" : "{\"message\":\"unknown token\"}")
                : new Reply(200, "text/xml", $"<service_requests><request><token>{token}</token></request></service_requests>");
        return xml
            ? new Reply(200, "text/xml", $"<service_requests><request><service_request_id>{row.Id}</service_request_id><token>{token}</token></request></service_requests>")
            : new Reply(200, "application/json", $"[{{\"service_request_id\":{Id(row)},\"token\":\"{token}\"}}]");
    }

    private Reply List(IReadOnlyDictionary<string, string> query, bool xml, Random random)
    {
        DateTimeOffset? Date(string name) => query.TryGetValue(name, out var text) ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;
        var now = time.GetUtcNow();
        if (temper.Paging && query.ContainsKey("page_size") && !query.ContainsKey("page")) throw new InvalidOperationException("a size without a page");
        var (from, to, since) = (Date("start_date"), Date("end_date"), Date("updated_after"));
        var ids = query.GetValueOrDefault("service_request_id")?.Split(',');
        var rows = temper.BlindList ? [] : kept.Where(k => k.VisibleAt <= now
            && (ids is null ? (from is null || k.At >= from) && (to is null || k.At <= to) && (since is null || k.UpdatedAt >= since) : ids.Contains(k.Id)))
            .OrderByDescending(k => k.At).ThenByDescending(k => k.Id, StringComparer.Ordinal).ToList();
        if (temper.Paging && query.TryGetValue("page", out var page))
        {
            var size = int.Parse(query["page_size"], CultureInfo.InvariantCulture);
            rows = [.. rows.Skip((int.Parse(page, CultureInfo.InvariantCulture) - 1) * size).Take(size)];
        }

        // The same row twice, as lists over moving pages have it.
        if (!temper.Paging && rows.Count > 3 && random.Next(4) == 0) rows.Add(rows[1]);
        if (rows.Count == 0 && temper.EmptyIs404)
            return new Reply(404, xml ? "text/xml" : "application/json", xml ? "<errors><error><code>404</code><description>nothing found</description></error></errors>" : "[{\"code\":404,\"description\":\"nothing found\"}]");
        var text = new StringBuilder();
        if (xml)
        {
            text.Append("<?xml version=\"1.0\" encoding=\"utf-8\"?><service-requests type=\"array\" xmlns=\"http://city.example/v2\">");
            foreach (var r in rows) text.Append(r.Xml());
            return new Reply(200, "application/xml", text.Append("</service-requests>").ToString());
        }

        text.Append(random.Next(2) == 0 ? "{\"service_requests\":[" : "{\"requests\":[");
        text.AppendJoin(',', rows.Select(r => r.Json(Id(r))));
        return new Reply(200, "application/json; charset=utf-8", text.Append("]}").ToString());
    }

    private (Fate, Reply?) PostUpdate(IReadOnlyDictionary<string, string> form, bool xml)
    {
        if (updates.Exists(u => u["update_id"] == form["update_id"]))
            return (Fate.Answered, new Reply(400, "application/json", "[{\"code\":400,\"description\":\"An update with this id already exists\"}]"));
        updates.Add(new Dictionary<string, string>(form) { ["at"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) });
        var random = Chance("update" + form["update_id"]);
        if (random.NextDouble() < temper.CutAfter) return (Fate.Cut, null);
        return (Fate.Answered, new Reply(200, xml ? "text/xml" : "application/json", xml
            ? $"<service_request_updates><request_update><update_id>{form["update_id"]}</update_id></request_update></service_request_updates>"
            : $"[{{\"update_id\":\"{form["update_id"]}\"}}]"));
    }

    private Reply UpdateList(bool xml) => xml
        ? new Reply(200, "text/xml", "<service_request_updates>" + string.Concat(updates.Select(u => $"<request_update><update_id>{u["update_id"]}</update_id><service_request_id>{u["service_request_id"]}</service_request_id><status>{u["status"]}</status><description>{WebUtility.HtmlEncode(u["description"])}</description><updated_datetime>{u["updated_datetime"]}</updated_datetime></request_update>")) + "</service_request_updates>")
        : new Reply(200, "application/json", "[" + string.Join(',', updates.Select(u => $"{{\"update_id\":\"{u["update_id"]}\",\"service_request_id\":\"{u["service_request_id"]}\",\"status\":\"{u["status"]}\",\"description\":\"{u["description"]}\",\"updated_datetime\":\"{u["updated_datetime"]}\"}}")) + "]");

    private static Reply Services(bool xml) => xml
        ? new Reply(200, "text/xml", "<services><service><service_code>PH-1</service_code><service_name>Pothole</service_name><metadata>false</metadata><type>realtime</type></service></services>")
        : new Reply(200, "application/json", "[{\"service_code\":\"PH-1\",\"service_name\":\"Pothole\",\"metadata\":false,\"type\":\"realtime\"}]");

    private string Id(Kept row) => temper.NumberIds ? row.Id : $"\"{row.Id}\"";

    private string NextId() => (next++).ToString(CultureInfo.InvariantCulture);

    private void Count(string fault) => Faults[fault] = Faults.GetValueOrDefault(fault) + 1;

    // The same call gets another fate each time, and the same fates in every run of the seed: markers and ids differ between runs.
    private Random Chance(string text)
    {
        var call = Opaque().Replace(text, "");
        var n = calls[call] = calls.GetValueOrDefault(call) + 1;
        var hash = call.Aggregate((uint)seed ^ ((uint)n * 2_654_435_761), (h, c) => (h ^ c) * 16_777_619);
        return new Random((int)(hash & int.MaxValue));
    }

    [GeneratedRegex("fm-[a-z0-9]{16}|[0-9a-f]{16}")]
    private static partial Regex Opaque();

    [GeneratedRegex(@"\s*\[[^\]]*\]")]
    private static partial Regex Brackets();

    public sealed record Reply(int Status, string ContentType, string Body)
    {
        public int? RetryAfterSeconds { get; init; }
    }

    /// <summary>One committed POST, or a resident's request.</summary>
    public sealed record Kept(
        string Id, string Service, double Lat, double Lon, string Sent, string Shown, DateTimeOffset At, DateTimeOffset VisibleAt, string? Token, DateTimeOffset TokenAt)
    {
        public string Status { get; set; } = "open";

        public string? Notes { get; set; }

        public DateTimeOffset UpdatedAt { get; set; } = At;

        public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

        private string Requested => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        private string Updated => UpdatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        public string Xml() => string.Create(CultureInfo.InvariantCulture,
            $"<request><service_request_id>{Id}</service_request_id><status>{Status}</status><status_notes>{WebUtility.HtmlEncode(Notes)}</status_notes><service_code>{Service}</service_code><description>{WebUtility.HtmlEncode(Shown)}</description><requested_datetime>{Requested}</requested_datetime><updated_datetime>{Updated}</updated_datetime><lat>{Lat}</lat><long>{Lon}</long><media_url/></request>");

        public string Json(string id) => string.Create(CultureInfo.InvariantCulture,
            $"{{\"service_request_id\":{id},\"status\":\"{Status}\",\"status_notes\":{(Notes is null ? "null" : $"\"{Notes}\"")},\"service_code\":\"{Service}\",\"description\":\"{Shown}\",\"requested_datetime\":\"{Requested}\",\"updated_datetime\":\"{Updated}\",\"lat\":{Lat},\"long\":\"{Lon}\",\"media_url\":[]}}");
    }
}
