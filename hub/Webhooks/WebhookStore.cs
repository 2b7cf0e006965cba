using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>SQL of subscriptions and of what waits for each.</summary>
public static class WebhookStore
{
    private const string Columns =
        """
        w.id AS Id, w.url AS Url, w.description AS Description, w.events AS Events, w.services AS Services, w.secret_n AS SecretN, w.secret_check AS SecretCheck, w.state AS State,
        w.cause AS Cause, w.failures AS Failures, w.failing_ms AS FailingMs, w.due_ms AS DueMs, w.fence AS Fence, w.dropped AS Dropped, w.delivered_ms AS DeliveredMs,
        w.delivered_event AS DeliveredEvent, w.created_ms AS CreatedMs
        """;

    public static void Add(WriteScope scope, Webhook webhook) =>
        scope.Execute(
            """
            INSERT INTO webhooks (id, url, description, events, services, secret_n, secret_check, state, cause, failures, failing_ms, due_ms, fence, dropped, delivered_ms,
              delivered_event, created_ms, last_n)
            VALUES (@Id, @Url, @Description, @Events, @Services, @SecretN, @SecretCheck, @State, @Cause, @Failures, @FailingMs, @DueMs, @Fence, @Dropped, @DeliveredMs,
              @DeliveredEvent, @CreatedMs, 0)
            """, Row.Of(webhook));

    /// <summary>Writes how a subscription stands, for whoever has the newest claim on it; its lease ends, or goes on for longer.</summary>
    /// <returns>False when another claim has followed, or it is gone; nothing is written.</returns>
    public static bool Save(WriteScope scope, Webhook webhook, TimeSpan? lease = null)
    {
        var row = new DynamicParameters(Row.Of(webhook));
        row.Add("until", lease is { } longer ? (scope.Now + longer).ToUnixTimeMilliseconds() : null);
        return scope.Execute(
            """
             UPDATE webhooks SET secret_n=@SecretN, secret_check=@SecretCheck, state=@State, cause=@Cause, failures=@Failures, failing_ms=@FailingMs, due_ms=@DueMs,
               delivered_ms=@DeliveredMs, delivered_event=@DeliveredEvent, lease_until_ms=@until
             WHERE id=@Id AND fence=@Fence
             """, row) == 1;
    }

    /// <summary>Takes a subscription out of whatever hands it is in: a delivery under way writes nothing any more.</summary>
    public static Webhook? Seize(WriteScope scope, string id) =>
        scope.Execute("UPDATE webhooks SET fence=webhooks.fence+1, lease_until_ms=NULL WHERE id=@id", new { id }) == 1 ? Find(scope.Connection, id, scope.Transaction) : null;

    public static void Delete(WriteScope scope, string id)
    {
        scope.Execute("DELETE FROM webhook_requests WHERE webhook=@id", new { id });
        scope.Execute("DELETE FROM webhooks WHERE id=@id", new { id });
    }

    public static Webhook? Find(DbConnection connection, string id, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM webhooks w WHERE w.id=@id", new { id }, transaction)?.ToWebhook();

    public static List<Webhook> All(DbConnection connection, DbTransaction? transaction = null) =>
        [.. connection.Query<Row>($"SELECT {Columns} FROM webhooks w ORDER BY w.created_ms, w.id", transaction: transaction).Select(r => r.ToWebhook())];

    /// <summary>Requests that wait for each subscription.</summary>
    public static Dictionary<string, long> Pending(DbConnection connection, DbTransaction? transaction = null) =>
        connection.Query<(string, long)>("SELECT webhook, COUNT(*) FROM webhook_requests WHERE place IS NOT NULL GROUP BY webhook", transaction: transaction).ToDictionary(r => r.Item1, r => r.Item2);

    /// <summary>A request has news for a subscription. One that waits already keeps its place, and the newest state is what will be sent; that was never refused.</summary>
    public static void Queue(WriteScope scope, string webhook, string request, int most)
    {
        var n = scope.QueryFirstOrDefault<long>("UPDATE webhooks SET last_n=webhooks.last_n+1 WHERE id=@webhook RETURNING last_n", new { webhook });
        scope.Execute(
            """
            INSERT INTO webhook_requests (webhook, request, place, event_n, failures) VALUES (@webhook, @request, @n, @n, 0)
            ON CONFLICT (webhook, request) DO UPDATE SET place=coalesce(webhook_requests.place, excluded.place), event_n=excluded.event_n,
              failures=0, failing_ms=NULL, due_ms=NULL, cause=NULL
            """, new { webhook, request, n });
        // Places only grow: counted are the few that may be too many.
        var first = scope.QueryFirstOrDefault<long>("SELECT MIN(place) FROM webhook_requests WHERE webhook=@webhook AND place IS NOT NULL", new { webhook });
        if (n - first < most) return;
        var over = scope.QueryFirstOrDefault<long>("SELECT COUNT(*) FROM webhook_requests WHERE webhook=@webhook AND place IS NOT NULL", new { webhook }) - most;
        if (over <= 0) return;
        scope.Execute(
            "UPDATE webhook_requests SET place=NULL WHERE webhook=@webhook AND place IN (SELECT place FROM webhook_requests WHERE webhook=@webhook AND place IS NOT NULL ORDER BY place LIMIT @over)",
            new { webhook, over });
        scope.Execute("UPDATE webhooks SET dropped=webhooks.dropped+@over WHERE id=@webhook", new { webhook, over });
    }

    /// <summary>A restored hub does not know which events were delivered after its copy was made: their ids must not come again with other news.</summary>
    public static void LeaveNumbers(DbConnection copy, DateTimeOffset now) => copy.Execute("UPDATE webhooks SET last_n=last_n+1000000");

    /// <summary>Subscriptions that have something to deliver now and that nobody holds.</summary>
    public static List<Webhook> Claim(WriteScope scope, int most, TimeSpan lease)
    {
        var now = scope.Now.ToUnixTimeMilliseconds();
        var ids = scope.Query<string>(
            $"""
             SELECT w.id FROM webhooks w
             WHERE w.state='active' AND (w.due_ms IS NULL OR w.due_ms<=@now) AND (w.lease_until_ms IS NULL OR w.lease_until_ms<=@now)
               AND EXISTS (SELECT 1 FROM webhook_requests r WHERE r.webhook=w.id AND r.place IS NOT NULL AND (r.due_ms IS NULL OR r.due_ms<=@now))
             ORDER BY coalesce(w.delivered_ms, 0), w.id LIMIT @most{scope.SkipLocked}
             """, new { now, most }).ToList();
        if (ids.Count > 0) scope.Execute("UPDATE webhooks SET fence=webhooks.fence+1, lease_until_ms=@until WHERE id IN @ids", new { ids, until = now + (long)lease.TotalMilliseconds });
        return [.. ids.Select(id => Find(scope.Connection, id, scope.Transaction)!)];
    }

    /// <summary>The first in line of those that are due.</summary>
    public static Waiting? First(DbConnection connection, string webhook, DateTimeOffset now) =>
        connection.QueryFirstOrDefault<Waiting>(
            """
            SELECT request AS Request, told AS Told, digest AS Digest, event_n AS N, failures AS Failures, failing_ms AS FailingMs FROM webhook_requests
            WHERE webhook=@webhook AND place IS NOT NULL AND (due_ms IS NULL OR due_ms<=@now) ORDER BY place LIMIT 1
            """, new { webhook, now = now.ToUnixTimeMilliseconds() });

    /// <summary>A subscription knows this much of a request. What changed while it was told stays in its place.</summary>
    public static void Told(WriteScope scope, string webhook, Waiting waiting, string? status, string? digest) =>
        scope.Execute(
            """
            UPDATE webhook_requests SET told=@status, digest=@digest, place=CASE WHEN event_n=@N THEN NULL ELSE place END, failures=0, failing_ms=NULL, due_ms=NULL, cause=NULL
            WHERE webhook=@webhook AND request=@Request
            """, new { webhook, waiting.Request, waiting.N, status, digest });

    /// <summary>The receiver refuses this news of a request: those behind it go on. News that came meanwhile were not refused.</summary>
    public static void SetAside(WriteScope scope, string webhook, Waiting waiting, WebhookRefusal refusal) =>
        scope.Execute(
            """
            UPDATE webhook_requests SET failures=@failures, failing_ms=@since, due_ms=@due, cause=@Cause, place=CASE WHEN @givenUp=1 THEN NULL ELSE place END
            WHERE webhook=@webhook AND request=@Request AND event_n=@N
            """, new
            {
                webhook, waiting.Request, waiting.N, failures = waiting.Failures + 1, since = refusal.Since.ToUnixTimeMilliseconds(), due = refusal.NextTryAt?.ToUnixTimeMilliseconds(), refusal.Cause,
                givenUp = refusal.NextTryAt is null ? 1 : 0,
            });

    /// <summary>The oldest refusals of a subscription.</summary>
    public static List<WebhookRefusal> Refusals(DbConnection connection, string webhook, int most, DbTransaction? transaction = null) =>
        [.. connection.Query<(string Request, string Cause, long SinceMs, long? DueMs)>(
            "SELECT request, cause, failing_ms, due_ms FROM webhook_requests WHERE webhook=@webhook AND failures > 0 ORDER BY failing_ms, request LIMIT @most", new { webhook, most }, transaction)
            .Select(r => new WebhookRefusal(r.Request, r.Cause, DateTimeOffset.FromUnixTimeMilliseconds(r.SinceMs), r.DueMs is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null))];

    /// <summary>A person says "try again": also what was given up, at its old place.</summary>
    public static void RetryRefused(WriteScope scope, string webhook) =>
        scope.Execute(
            "UPDATE webhook_requests SET place=coalesce(place, event_n), failures=0, failing_ms=NULL, due_ms=NULL, cause=NULL WHERE webhook=@webhook AND failures > 0", new { webhook });

    /// <summary>Nothing is known of a request any more: it may not be seen, or it was a ping.</summary>
    public static void Forget(WriteScope scope, string webhook, Waiting waiting) =>
        scope.Execute("DELETE FROM webhook_requests WHERE webhook=@webhook AND request=@Request AND event_n=@N", new { webhook, waiting.Request, waiting.N });

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Url { get; init; } = "";
        public string Description { get; init; } = "";
        public string Events { get; init; } = "";
        public string Services { get; init; } = "";
        public long SecretN { get; init; }
        public string SecretCheck { get; init; } = "";
        public string State { get; init; } = "";
        public string? Cause { get; init; }
        public long Failures { get; init; }
        public long? FailingMs { get; init; }
        public long? DueMs { get; init; }
        public long Fence { get; init; }
        public long Dropped { get; init; }
        public long? DeliveredMs { get; init; }
        public string? DeliveredEvent { get; init; }
        public long CreatedMs { get; init; }

        public static Row Of(Webhook w) => new()
        {
            Id = w.Id, Url = w.Url, Description = w.Description, Events = string.Join(',', w.Events), Services = string.Join(',', w.Services), SecretN = w.SecretN,
            SecretCheck = w.SecretCheck, State = w.State, Cause = w.Cause, Failures = w.Failures, FailingMs = Ms(w.FailingSince), DueMs = Ms(w.DueAt), Fence = w.Fence,
            Dropped = w.Dropped, DeliveredMs = Ms(w.DeliveredAt), DeliveredEvent = w.DeliveredEvent, CreatedMs = w.CreatedAt.ToUnixTimeMilliseconds(),
        };

        public Webhook ToWebhook() => new()
        {
            Id = Id, Url = Url, Description = Description, Events = List(Events), Services = List(Services), SecretN = SecretN, SecretCheck = SecretCheck, State = State, Cause = Cause,
            Failures = (int)Failures, FailingSince = At(FailingMs), DueAt = At(DueMs), Fence = Fence, Dropped = Dropped, DeliveredAt = At(DeliveredMs), DeliveredEvent = DeliveredEvent,
            CreatedAt = At(CreatedMs)!.Value,
        };

        private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

        private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

        private static DateTimeOffset? At(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
