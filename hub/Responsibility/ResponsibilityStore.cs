using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>SQL of who answers for what.</summary>
public static class ResponsibilityStore
{
    private const string DecisionColumns =
        "request AS Request, outcome AS Outcome, party AS Party, because AS Because, decided_by AS DecidedBy, by_rule AS ByRule, decided_ms AS DecidedMs";

    private const string ReferralColumns =
        """
        id AS Id, request AS Request, kind AS Kind, party AS Party, created_ms AS CreatedMs, sent_ms AS SentMs, reference AS Reference,
        chase_ms AS ChaseMs, answer AS Answer, answered_ms AS AnsweredMs, note AS Note
        """;

    public static Decision? Find(DbConnection connection, DbTransaction? transaction, string request) =>
        connection.QueryFirstOrDefault<DecisionRow>($"SELECT {DecisionColumns} FROM responsibilities WHERE request=@request", new { request }, transaction)?.ToDecision();

    public static Decision? Find(WriteScope scope, string request) => Find(scope.Connection, scope.Transaction, request);

    public static void Save(WriteScope scope, Decision d) =>
        scope.Execute(
            """
            INSERT INTO responsibilities (request, outcome, party, because, decided_by, by_rule, decided_ms)
            VALUES (@Request, @Outcome, @Party, @Because, @DecidedBy, @ByRule, @DecidedMs)
            ON CONFLICT (request) DO UPDATE SET outcome=excluded.outcome, party=excluded.party, because=excluded.because,
              decided_by=excluded.decided_by, by_rule=excluded.by_rule, decided_ms=excluded.decided_ms
            """,
            new { d.Request, d.Outcome, d.Party, d.Because, d.DecidedBy, ByRule = d.ByRule ? 1L : 0L, DecidedMs = d.DecidedAt.ToUnixTimeMilliseconds() });

    /// <summary>Requests with an outcome, those that wait longest first, after the place of the last one of the page before.</summary>
    public static List<Decision> With(DbConnection connection, string outcome, (long Ms, string Request)? after, int limit) =>
        [.. connection.Query<DecisionRow>(
                $"""
                 SELECT {DecisionColumns} FROM responsibilities
                 WHERE outcome=@outcome AND (decided_ms > @ms OR (decided_ms = @ms AND request > @request))
                 ORDER BY decided_ms, request LIMIT @limit
                 """, new { outcome, ms = after?.Ms ?? long.MinValue, request = after?.Request ?? "", limit })
            .Select(r => r.ToDecision())];

    public static Referral? FindReferral(WriteScope scope, string id) =>
        scope.QueryFirstOrDefault<ReferralRow>($"SELECT {ReferralColumns} FROM referrals WHERE id=@id", new { id })?.ToReferral();

    public static List<Referral> Referrals(DbConnection connection, DbTransaction? transaction, string request) =>
        [.. connection.Query<ReferralRow>($"SELECT {ReferralColumns} FROM referrals WHERE request=@request ORDER BY created_ms, id", new { request }, transaction)
            .Select(r => r.ToReferral())];

    /// <summary>What is not settled and must be chased by a time, the longest due first.</summary>
    public static List<Referral> Open(DbConnection connection, DateTimeOffset dueBy, (long Ms, string Id)? after, int limit) =>
        [.. connection.Query<ReferralRow>(
                $"""
                 SELECT {ReferralColumns} FROM referrals
                 WHERE answered_ms IS NULL AND chase_ms <= @due AND (chase_ms > @ms OR (chase_ms = @ms AND id > @id))
                 ORDER BY chase_ms, id LIMIT @limit
                 """, new { due = dueBy.ToUnixTimeMilliseconds(), ms = after?.Ms ?? long.MinValue, id = after?.Id ?? "", limit })
            .Select(r => r.ToReferral())];

    public static void Save(WriteScope scope, Referral r) =>
        scope.Execute(
            """
            INSERT INTO referrals (id, request, kind, party, created_ms, sent_ms, reference, chase_ms, answer, answered_ms, note)
            VALUES (@Id, @Request, @Kind, @Party, @CreatedMs, @SentMs, @Reference, @ChaseMs, @Answer, @AnsweredMs, @Note)
            ON CONFLICT (id) DO UPDATE SET sent_ms=excluded.sent_ms, reference=excluded.reference, chase_ms=excluded.chase_ms,
              answer=excluded.answer, answered_ms=excluded.answered_ms, note=excluded.note
            """,
            new
            {
                r.Id, r.Request, r.Kind, r.Party, CreatedMs = r.CreatedAt.ToUnixTimeMilliseconds(), SentMs = r.SentAt?.ToUnixTimeMilliseconds(), r.Reference,
                ChaseMs = r.ChaseAt.ToUnixTimeMilliseconds(), r.Answer, AnsweredMs = r.AnsweredAt?.ToUnixTimeMilliseconds(), r.Note,
            });

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private sealed record DecisionRow(string Request, string Outcome, string? Party, string Because, string DecidedBy, long ByRule, long DecidedMs)
    {
        public Decision ToDecision() => new(Request, Outcome, Party, Because, DecidedBy, ByRule != 0, Time(DecidedMs));
    }

    private sealed record ReferralRow(
        string Id, string Request, string Kind, string? Party, long CreatedMs, long? SentMs, string? Reference, long ChaseMs, string? Answer, long? AnsweredMs, string? Note)
    {
        public Referral ToReferral() => new()
        {
            Id = Id, Request = Request, Kind = Kind, Party = Party, CreatedAt = Time(CreatedMs), SentAt = SentMs is { } sent ? Time(sent) : null,
            Reference = Reference, ChaseAt = Time(ChaseMs), Answer = Answer, AnsweredAt = AnsweredMs is { } answered ? Time(answered) : null, Note = Note,
        };
    }
}
