namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// What the hub asks of a city's server, in the words of <see cref="PushAnswer"/> and <see cref="CityList{T}"/>. Only what proves
/// that a POST was not stored counts as not stored: all else is uncertain.
/// </summary>
public sealed class CityClient(CitySystemOptions options, CityHttp http, HubOptions hub, TimeProvider time)
{
    private const int MostPages = 500;
    private const int TriesAPage = 3;
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(89);

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(hub.TimeZone);

    private TimeZoneInfo ReadingZone => options.Quirks.LocalTimes ? zone : TimeZoneInfo.Utc;

    /// <param name="push">A push whose sending is written down.</param>
    /// <param name="remote">Of an update: the city's id of its request.</param>
    /// <param name="cancel">Gives the call up.</param>
    public async Task<PushAnswer> PostAsync(Push push, string? remote, CancellationToken cancel)
    {
        var isUpdate = push.Kind == PushKind.Update;
        var latest = (push.LeaseUntil ?? time.GetUtcNow()) - options.Timeout;
        var reply = await http.PostAsync(isUpdate ? "servicerequestupdates" : "requests", CityForm.Of(push, options, zone, remote), latest, cancel).ConfigureAwait(false);
        if (reply.How == CityReply.Reach.NotSent) return new PushAnswer.NotSent(reply.Cause!);
        if (reply.How == CityReply.Reach.Broken) return new PushAnswer.Uncertain(reply.Cause!);
        if (reply.IsSuccess) return isUpdate ? StoredUpdate(reply, push) : Stored(reply);
        var cause = reply.Cause ?? $"answered {reply.Status}";
        switch (reply.Status)
        {
            case StatusCodes.Status429TooManyRequests:
                return new PushAnswer.NotSent(cause, reply.RetryAfter);
            case StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden:
                // Heals when somebody corrects the key: nothing was stored, so all of them may wait for that.
                return new PushAnswer.NotSent($"the city refuses the key: {cause}", options.LongestBackOff);
            case StatusCodes.Status400BadRequest or StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity when HasAlready(cause):
                // Of a first attempt it can't be ours.
                return isUpdate ? new PushAnswer.Stored(push.Body.UpdateId ?? push.Id)
                    : push.Attempts > 1 ? new PushAnswer.Uncertain(cause) : new PushAnswer.Refused(cause);
            case StatusCodes.Status408RequestTimeout:
                return new PushAnswer.Uncertain(cause);
            case StatusCodes.Status301MovedPermanently or StatusCodes.Status307TemporaryRedirect or StatusCodes.Status308PermanentRedirect:
                return new PushAnswer.Refused(cause);
            case >= 400 and < 500:
                return new PushAnswer.Refused(cause);
            default:
                return new PushAnswer.Uncertain(cause);
        }
    }

    public async Task<PushAnswer> PollAsync(Push push, CancellationToken cancel)
    {
        var reply = await http.GetAsync($"tokens/{Uri.EscapeDataString(push.Token ?? "")}", Jurisdiction(), cancel).ConfigureAwait(false);
        if (!reply.IsSuccess) return new PushAnswer.NoNews(reply.Cause ?? $"answered {reply.Status}", reply.RetryAfter);
        var ids = LenientReader.Requests(reply.Document!, ReadingZone).Select(r => r.Id).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return ids is [var id] ? new PushAnswer.Stored(id) : new PushAnswer.NoNews("the city has given no id yet", reply.RetryAfter);
    }

    /// <summary>Every request that the city shows for a time, whole.</summary>
    public Task<CityList<CityRow>> RequestsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        options.Quirks.List == CityQuirks.ListFilter.None
            ? RequestsAsync([], cancel)
            : RequestsAsync([new("start_date", Time(Floor(from, to))), new("end_date", Time(to))], cancel);

    /// <summary>Every request that changed at the city since a time, where the server can tell.</summary>
    public Task<CityList<CityRow>> ChangedAsync(DateTimeOffset since, CancellationToken cancel) =>
        RequestsAsync([new("updated_after", Time(since))], cancel);

    /// <summary>Requests by id; those that the city doesn't show are missing from the answer.</summary>
    public async Task<CityList<CityRow>> ByIdAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        if (options.Quirks.IdLists)
        {
            var list = await RequestsAsync([new("service_request_id", string.Join(',', ids))], cancel, single: true).ConfigureAwait(false);
            return list.Rows is { } rows ? CityList.Of<CityRow>([.. rows.Where(r => r.Id is not null && ids.Contains(r.Id))]) : list;
        }

        var found = new List<CityRow>();
        foreach (var id in ids)
        {
            var reply = await http.GetAsync($"requests/{Uri.EscapeDataString(id)}", Jurisdiction(), cancel).ConfigureAwait(false);
            if (reply is { How: CityReply.Reach.Answered, Status: StatusCodes.Status404NotFound }) continue;
            if (!reply.IsSuccess || reply.Document?.Root is null) return CityList.Not<CityRow>(reply.Cause ?? "an empty answer", reply.RetryAfter);
            found.AddRange(LenientReader.Requests(reply.Document, ReadingZone).Where(r => r.Id == id));
        }

        return CityList.Of<CityRow>(found);
    }

    /// <summary>Updates at the city in a time, both ends included.</summary>
    public async Task<CityList<CityUpdate>> UpdatesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var reply = await http.GetAsync(
            "servicerequestupdates", [.. Jurisdiction(), new("start_date", Time(Floor(from, to))), new("end_date", Time(to))], cancel).ConfigureAwait(false);
        if (IsEmpty(reply)) return CityList.Of<CityUpdate>([]);
        if (!reply.IsSuccess) return CityList.Not<CityUpdate>(reply.Cause ?? $"answered {reply.Status}", reply.RetryAfter);
        if (!LenientReader.IsList(reply.Document!)) return CityList.Not<CityUpdate>(reply.Cause ?? "no list of updates");
        return CityList.Of<CityUpdate>(LenientReader.Updates(reply.Document!, ReadingZone));
    }

    /// <summary>One list for all pushes of a group: the city's patience with calls is short.</summary>
    public async Task<IReadOnlyList<(Push Push, PushAnswer Answer)>> LookUpAsync(
        IReadOnlyList<Push> pushes, Func<IReadOnlyList<CityRow>, CancellationToken, Task<(IReadOnlyDictionary<string, Push> Owners, CityEcho Echo)>> known, CancellationToken cancel)
    {
        var began = time.GetUtcNow();
        var from = pushes.Min(p => p.FirstSentAt ?? p.CreatedAt) - options.ClockSkew;
        var to = began + options.ClockSkew;
        if (pushes[0].Kind == PushKind.Update) return await LookUpUpdatesAsync(pushes, from, to, began, cancel).ConfigureAwait(false);
        var list = await RequestsAsync(from, to, cancel).ConfigureAwait(false);
        if (list.Rows is not { } rows) return [.. pushes.Select(p => (p, (PushAnswer)new PushAnswer.NoNews(list.Fault!, list.RetryAfter)))];
        var (owners, echo) = await known(rows, cancel).ConfigureAwait(false);
        var index = new RowIndex(rows);
        return [.. pushes.Select(p => (p, LookUp.Judge(p, index.For(p), owners, echo, options, began)))];
    }

    private async Task<IReadOnlyList<(Push Push, PushAnswer Answer)>> LookUpUpdatesAsync(
        IReadOnlyList<Push> pushes, DateTimeOffset from, DateTimeOffset to, DateTimeOffset began, CancellationToken cancel)
    {
        var list = await UpdatesAsync(from, to, cancel).ConfigureAwait(false);
        PushAnswer Judge(Push push)
        {
            if (list.Rows is not { } rows) return new PushAnswer.NoNews(list.Fault!, list.RetryAfter);
            var found = rows.FirstOrDefault(u => u.Id == push.Body.UpdateId || u.Texts.Any(t => t.Contains(push.Marker, StringComparison.OrdinalIgnoreCase)));
            return found is null ? new PushAnswer.Absent(began) : new PushAnswer.Stored(found.Id);
        }

        return [.. pushes.Select(p => (p, Judge(p)))];
    }

    private async Task<CityList<CityRow>> RequestsAsync(IReadOnlyList<KeyValuePair<string, string?>> filter, CancellationToken cancel, bool single = false)
    {
        var quirks = options.Quirks;
        var rows = new List<CityRow>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 1; page <= MostPages; page++)
        {
            var query = new List<KeyValuePair<string, string?>>([.. Jurisdiction(), .. filter]);
            if (quirks.Extensions) query.Add(new("extensions", "true"));
            if (quirks.Paging && !single)
            {
                query.Add(new("page", $"{page}"));
                query.Add(new("page_size", $"{quirks.PageSize}"));
            }

            var reply = await PageAsync(query, cancel).ConfigureAwait(false);
            if (IsEmpty(reply)) return CityList.Of<CityRow>(rows);
            if (!reply.IsSuccess) return CityList.Not<CityRow>(reply.Cause ?? $"answered {reply.Status}", reply.RetryAfter);
            if (!LenientReader.IsList(reply.Document!)) return CityList.Not<CityRow>(reply.Cause ?? "the answer is no list of requests");
            var got = LenientReader.Requests(reply.Document!, ReadingZone);
            // A page of rows that were all seen is what a server gives that knows no pages.
            var fresh = got.Count(r => r.Id is null || ids.Add(r.Id));
            rows.AddRange(got);
            if (single) return CityList.Of<CityRow>(rows);
            if (!quirks.Paging)
                return got.Count >= quirks.ListCap ? CityList.Not<CityRow>($"the list may be cut off at {got.Count} rows: set CitySystem:Quirks:Paging, or a higher ListCap") : CityList.Of<CityRow>(rows);
            if (got.Count < quirks.PageSize) return CityList.Of<CityRow>(rows);
            if (fresh == 0) return CityList.Not<CityRow>("the server answers every page with the same rows: set CitySystem:Quirks:Paging=false");
        }

        return CityList.Not<CityRow>($"the list has more than {MostPages} pages");
    }

    // One page that fails would cost all pages before it.
    private async Task<CityReply> PageAsync(List<KeyValuePair<string, string?>> query, CancellationToken cancel)
    {
        for (var left = TriesAPage; ; left--)
        {
            var reply = await http.GetAsync("requests", query, cancel).ConfigureAwait(false);
            var isFleeting = reply.How != CityReply.Reach.Answered || reply.Status >= 500 || (reply.IsSuccess && !LenientReader.IsList(reply.Document!));
            if (left == 1 || !isFleeting) return reply;
        }
    }

    // A 404 means an empty list only where it is known to, and only from the service itself: a web page may mean anything.
    private bool IsEmpty(CityReply reply) =>
        options.Quirks.EmptyIs404 && reply is { How: CityReply.Reach.Answered, Status: StatusCodes.Status404NotFound } && reply.Document is { Format: "xml" or "json" or "empty" };

    private static PushAnswer Stored(CityReply reply)
    {
        var rows = LenientReader.Requests(reply.Document!, TimeZoneInfo.Utc);
        var ids = rows.Select(r => r.Id).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (ids is [var id]) return new PushAnswer.Stored(id);
        if (ids.Count == 0 && rows.Select(r => r.Token).OfType<string>().ToList() is [var token, ..]) return new PushAnswer.Taken(token);
        return new PushAnswer.Uncertain(ids.Count > 1 ? $"answered with several ids: {string.Join(", ", ids.Take(5))}" : $"answered {reply.Status} without an id{(reply.Cause is null ? "" : ": " + reply.Cause)}");
    }

    private static PushAnswer StoredUpdate(CityReply reply, Push push) =>
        reply.Document?.Root is { } root && root.Texts().Any()
            ? LenientReader.Errors(reply.Document).Count > 0
                ? new PushAnswer.Uncertain($"answered {reply.Status}: {reply.Cause}")
                : new PushAnswer.Stored(LenientReader.Updates(reply.Document, TimeZoneInfo.Utc) is [var update, ..] ? update.Id : push.Body.UpdateId ?? push.Id)
            : new PushAnswer.Uncertain($"answered {reply.Status} without an update_id");

    private bool HasAlready(string cause) => options.Quirks.AlreadyThere.Any(w => cause.Contains(w, StringComparison.OrdinalIgnoreCase));

    private KeyValuePair<string, string?>[] Jurisdiction() => [new("jurisdiction_id", options.Jurisdiction)];

    private string Time(DateTimeOffset at) => CityForm.Time(at, options.Quirks.Times, zone);

    private static DateTimeOffset Floor(DateTimeOffset from, DateTimeOffset to) => to - from > LongestSpan ? to - LongestSpan : from;
}
