using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>SQL of the pushes. What is linked and pulled: <see cref="CityLinkStore"/>.</summary>
public static class CityStore
{
    private const string Columns =
        """
        p.id AS Id, p.request AS Request, p.n AS N, p.kind AS Kind, p.marker AS Marker, p.body AS Body, p.state AS State, p.attempts AS Attempts,
        p.troubles AS Troubles, p.due_ms AS DueMs, p.first_sent_ms AS FirstSentMs, p.sent_ms AS SentMs, p.visible_ms AS VisibleMs, p.token AS Token,
        p.remote AS Remote, p.second AS Second, p.cause AS Cause, p.fence AS Fence, p.lease_owner AS LeaseOwner, p.lease_until_ms AS LeaseUntilMs,
        p.created_ms AS CreatedMs, p.updated_ms AS UpdatedMs
        """;

    public static void Add(WriteScope scope, Push push) =>
        scope.Execute(
            """
            INSERT INTO city_pushes (id, request, n, kind, marker, body, state, attempts, troubles, due_ms, first_sent_ms, sent_ms, visible_ms, token, remote,
              second, cause, fence, lease_owner, lease_until_ms, created_ms, updated_ms)
            VALUES (@Id, @Request, @N, @Kind, @Marker, @Body, @State, @Attempts, @Troubles, @DueMs, @FirstSentMs, @SentMs, @VisibleMs, @Token, @Remote,
              @Second, @Cause, @Fence, @LeaseOwner, @LeaseUntilMs, @CreatedMs, @UpdatedMs)
            """, Row.Of(push));

    /// <summary>Writes a push whose fence is still the one that was read.</summary>
    /// <returns>False when another claim has followed since; nothing is written.</returns>
    public static bool Save(WriteScope scope, Push push, long readFence)
    {
        var row = new DynamicParameters(Row.Of(push));
        row.Add("readFence", readFence);
        return scope.Execute(
            """
            UPDATE city_pushes SET body=@Body, state=@State, attempts=@Attempts, troubles=@Troubles, due_ms=@DueMs, first_sent_ms=@FirstSentMs, sent_ms=@SentMs,
              visible_ms=@VisibleMs, token=@Token, remote=@Remote, second=@Second, cause=@Cause, fence=@Fence, lease_owner=@LeaseOwner,
              lease_until_ms=@LeaseUntilMs, updated_ms=@UpdatedMs
            WHERE id=@Id AND fence=@readFence
            """, row) == 1;
    }

    public static Push? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM city_pushes p WHERE p.id=@id", new { id }, transaction)?.ToPush();

    public static Push? Find(WriteScope scope, string id) => Find(scope.Connection, scope.Transaction, id);

    public static Push? ByMarker(WriteScope scope, string marker) =>
        scope.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM city_pushes p WHERE p.marker=@marker", new { marker })?.ToPush();

    public static List<Push> OfRequest(WriteScope scope, string request) =>
        [.. scope.Query<Row>($"SELECT {Columns} FROM city_pushes p WHERE p.request=@request ORDER BY p.n", new { request }).Select(r => r.ToPush())];

    /// <summary>
    /// Due pushes that nobody holds, oldest first. An update waits until its request is at the city, and behind earlier ones of the
    /// same request that are still on their way.
    /// </summary>
    public static List<Push> Due(WriteScope scope, bool lookUps, int most) =>
        [.. scope.Query<Row>(
                $"""
                 SELECT {Columns} FROM city_pushes p
                 WHERE p.due_ms<=@now AND (p.lease_until_ms IS NULL OR p.lease_until_ms<=@now) AND {(lookUps ? "p.state='looking'" : "p.state<>'looking'")}
                   AND (p.kind='request' OR (EXISTS (SELECT 1 FROM city_links l WHERE l.request=p.request AND l.remote IS NOT NULL)
                     AND NOT EXISTS (SELECT 1 FROM city_pushes e WHERE e.request=p.request AND e.n<p.n AND e.due_ms IS NOT NULL)))
                 ORDER BY p.due_ms, p.id LIMIT @most{scope.SkipLocked}
                 """, new { now = scope.Now.ToUnixTimeMilliseconds(), most })
            .Select(r => r.ToPush())];

    /// <summary>Sent and not settled: what may be at the city without our knowing where.</summary>
    public static List<Push> Unsettled(DbConnection connection, DbTransaction? transaction) =>
        [.. connection.Query<Row>(
                $"SELECT {Columns} FROM city_pushes p WHERE p.state IN ('sending', 'looking', 'polling', 'outcome-unknown') AND p.kind='request'", transaction: transaction)
            .Select(r => r.ToPush())];

    /// <summary>Which of these ids of the city came from which push.</summary>
    public static IReadOnlyDictionary<string, Push> Owners(DbConnection connection, IReadOnlyList<string> remotes, DbTransaction? transaction = null)
    {
        var owners = new Dictionary<string, Push>(StringComparer.Ordinal);
        foreach (var part in remotes.Chunk(500))
        {
            foreach (var row in connection.Query<Row>(
                $"SELECT {Columns} FROM city_pushes p JOIN city_links l ON l.request=p.request AND l.remote=p.remote WHERE l.remote IN @part AND p.n=0", new { part }, transaction))
                owners[row.Remote!] = row.ToPush();
        }

        return owners;
    }

    public static long? NextDueMs(DbConnection connection) => connection.QueryFirstOrDefault<long?>("SELECT MIN(due_ms) FROM city_pushes WHERE due_ms IS NOT NULL");

    public static Dictionary<PushState, long> Counts(DbConnection connection) =>
        connection.Query<(string State, long N)>("SELECT state, COUNT(*) FROM city_pushes GROUP BY state").ToDictionary(r => Parse<PushState>(r.State), r => r.N);

    public static long Doubles(DbConnection connection) => connection.QuerySingle<long>("SELECT COUNT(*) FROM city_pushes WHERE second IS NOT NULL");

    /// <summary>One page, newest first, after the cursor of the page before.</summary>
    public static List<Push> Page(DbConnection connection, PushState? state, (long CreatedMs, string Id)? after, int limit) =>
        [.. connection.Query<Row>(
                $"""
                 SELECT {Columns} FROM city_pushes p
                 WHERE 1=1 {(state is null ? "" : "AND p.state=@state")} {(after is null ? "" : "AND (p.created_ms, p.id) < (@createdMs, @id)")}
                 ORDER BY p.created_ms DESC, p.id DESC LIMIT @limit
                 """, new { state = state is { } s ? Word(s) : null, createdMs = after?.CreatedMs, id = after?.Id, limit })
            .Select(r => r.ToPush())];

    public static void Log(WriteScope scope, string push, string what) =>
        scope.Execute(
            """
            INSERT INTO city_push_log (push, n, at_ms, what)
            SELECT CAST(@push AS TEXT), coalesce(MAX(n), 0) + 1, CAST(@now AS BIGINT), CAST(@what AS TEXT) FROM city_push_log WHERE push=@push
            """, new { push, what, now = scope.Now.ToUnixTimeMilliseconds() });

    public static List<PushLine> Lines(DbConnection connection, DbTransaction? transaction, string push) =>
        [.. connection.Query<(long AtMs, string What)>("SELECT at_ms, what FROM city_push_log WHERE push=@push ORDER BY n", new { push }, transaction)
            .Select(l => new PushLine(DateTimeOffset.FromUnixTimeMilliseconds(l.AtMs), l.What))];

    internal static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    internal static T Parse<T>(string word)
        where T : struct, Enum => Enum.GetValues<T>().First(v => Word(v) == word);

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Request { get; init; } = "";
        public long N { get; init; }
        public string Kind { get; init; } = "";
        public string Marker { get; init; } = "";
        public string Body { get; init; } = "";
        public string State { get; init; } = "";
        public long Attempts { get; init; }
        public long Troubles { get; init; }
        public long? DueMs { get; init; }
        public long? FirstSentMs { get; init; }
        public long? SentMs { get; init; }
        public long? VisibleMs { get; init; }
        public string? Token { get; init; }
        public string? Remote { get; init; }
        public string? Second { get; init; }
        public string? Cause { get; init; }
        public long Fence { get; init; }
        public string? LeaseOwner { get; init; }
        public long? LeaseUntilMs { get; init; }
        public long CreatedMs { get; init; }
        public long UpdatedMs { get; init; }

        public static Row Of(Push p) => new()
        {
            Id = p.Id, Request = p.Request, N = p.N, Kind = Word(p.Kind), Marker = p.Marker, Body = JsonSerializer.Serialize(p.Body), State = Word(p.State),
            Attempts = p.Attempts, Troubles = p.Troubles, DueMs = Ms(p.DueAt), FirstSentMs = Ms(p.FirstSentAt), SentMs = Ms(p.SentAt), VisibleMs = Ms(p.VisibleBy),
            Token = p.Token, Remote = p.Remote, Second = p.Second, Cause = p.Cause, Fence = p.Fence, LeaseOwner = p.LeaseOwner, LeaseUntilMs = Ms(p.LeaseUntil),
            CreatedMs = p.CreatedAt.ToUnixTimeMilliseconds(), UpdatedMs = p.UpdatedAt.ToUnixTimeMilliseconds(),
        };

        public Push ToPush() => new()
        {
            Id = Id, Request = Request, N = N, Kind = Parse<PushKind>(Kind), Marker = Marker, Body = JsonSerializer.Deserialize<PushBody>(Body)!,
            State = Parse<PushState>(State), Attempts = (int)Attempts, Troubles = (int)Troubles, DueAt = At(DueMs), FirstSentAt = At(FirstSentMs),
            SentAt = At(SentMs), VisibleBy = At(VisibleMs), Token = Token, Remote = Remote, Second = Second, Cause = Cause, Fence = Fence,
            LeaseOwner = LeaseOwner, LeaseUntil = At(LeaseUntilMs), CreatedAt = At(CreatedMs)!.Value, UpdatedAt = At(UpdatedMs)!.Value,
        };

        private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

        private static DateTimeOffset? At(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
