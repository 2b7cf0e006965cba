using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>SQL of the tables <c>proposals</c> and <c>shadow_proposals</c>.</summary>
public static class ProposalStore
{
    private const string Columns =
        """
        request AS Request, service AS Service, district AS District, state AS State, rule AS Rule, passes_for AS PassesFor, passes_against AS PassesAgainst,
        belief AS Belief, proposed_ms AS ProposedMs, follow_up_of AS FollowUpOf, decided_ms AS DecidedMs, decided_by AS DecidedBy, reason AS Reason, note AS Note
        """;

    public static Proposal? Find(DbConnection connection, DbTransaction? transaction, string request) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM proposals WHERE request=@request", new { request }, transaction)?.ToProposal();

    public static Proposal? Find(WriteScope scope, string request) => Find(scope.Connection, scope.Transaction, request);

    /// <summary>The newest follow-up of a request.</summary>
    public static string? FollowUp(DbConnection connection, DbTransaction? transaction, string request) =>
        connection.QueryFirstOrDefault<string>(
            "SELECT request FROM proposals WHERE follow_up_of=@request ORDER BY proposed_ms DESC, request DESC LIMIT 1", new { request }, transaction);

    public static void Save(WriteScope scope, Proposal p) =>
        scope.Execute(
            """
            INSERT INTO proposals (request, service, district, state, rule, passes_for, passes_against, belief, proposed_ms, follow_up_of,
              decided_ms, decided_by, reason, note)
            VALUES (@Request, @Service, @District, @State, @Rule, @For, @Against, @Belief, @ProposedMs, @FollowUpOf, @DecidedMs, @DecidedBy, @Reason, @Note)
            ON CONFLICT (request) DO UPDATE SET state=excluded.state, decided_ms=excluded.decided_ms, decided_by=excluded.decided_by,
              reason=excluded.reason, note=excluded.note
            """, p);

    /// <summary>Proposals that a person rejected for a reason since a time.</summary>
    public static int Rejected(DbConnection connection, DbTransaction? transaction, string service, string district, string reason, long sinceMs) =>
        (int)connection.QuerySingle<long>(
            """
            SELECT COUNT(*) FROM proposals
            WHERE service=@service AND district=@district AND state='rejected' AND reason=@reason AND decided_ms >= @sinceMs
            """, new { service, district, reason, sinceMs }, transaction);

    /// <summary>How many of each service, district and state there are.</summary>
    public static IReadOnlyDictionary<(string Service, string District, string State), int> Counts(DbConnection connection) =>
        connection.Query<(string Service, string District, string State, long N)>(
                "SELECT service, district, state, COUNT(*) FROM proposals GROUP BY service, district, state")
            .ToDictionary(r => (r.Service, r.District, r.State), r => (int)r.N);

    /// <summary>Counts a site whose service is in shadow here; again when it changes.</summary>
    public static void Shadow(WriteScope scope, string site, string service, string district, bool supported, int passesFor, int passesAgainst) =>
        scope.Execute(
            """
            INSERT INTO shadow_proposals (site, service, district, supported, passes_for, passes_against, first_ms, last_ms)
            VALUES (@site, @service, @district, @supported, @passesFor, @passesAgainst, @now, @now)
            ON CONFLICT (site) DO UPDATE SET supported=excluded.supported, passes_for=excluded.passes_for, passes_against=excluded.passes_against,
              last_ms=excluded.last_ms
            """,
            new { site, service, district, supported = supported ? 1L : 0L, passesFor, passesAgainst, now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>True while a site is counted.</summary>
    public static bool IsShadow(WriteScope scope, string site) =>
        scope.QueryFirstOrDefault<long>("SELECT COUNT(*) FROM shadow_proposals WHERE site=@site", new { site }) > 0;

    /// <summary>Ends counting a site: it is a request now, or another one took it over.</summary>
    public static void EndShadow(WriteScope scope, string site) => scope.Execute("DELETE FROM shadow_proposals WHERE site=@site", new { site });

    /// <summary>Sites that are counted in shadow and that the evidence carries.</summary>
    public static IReadOnlyList<string> ShadowSites(WriteScope scope, string service, string district) =>
        [.. scope.Query<string>(
            "SELECT site FROM shadow_proposals WHERE service=@service AND district=@district AND supported=1 ORDER BY site", new { service, district })];

    /// <summary>Sites in shadow of each service and district: all that were proposed, and those that the evidence still carries.</summary>
    public static IReadOnlyDictionary<(string Service, string District), (int Proposed, int Standing)> Shadows(DbConnection connection) =>
        connection.Query<(string Service, string District, long Proposed, long Standing)>(
                "SELECT service, district, COUNT(*), CAST(SUM(supported) AS BIGINT) FROM shadow_proposals GROUP BY service, district")
            .ToDictionary(r => (r.Service, r.District), r => ((int)r.Proposed, (int)r.Standing));

    private sealed class Row
    {
        public string Request { get; init; } = "";

        public string Service { get; init; } = "";

        public string District { get; init; } = "";

        public string State { get; init; } = "";

        public string Rule { get; init; } = "";

        public long PassesFor { get; init; }

        public long PassesAgainst { get; init; }

        public double Belief { get; init; }

        public long ProposedMs { get; init; }

        public string? FollowUpOf { get; init; }

        public long? DecidedMs { get; init; }

        public string? DecidedBy { get; init; }

        public string? Reason { get; init; }

        public string? Note { get; init; }

        public Proposal ToProposal() => new()
        {
            Request = Request, Service = Service, District = District, State = State, Rule = Rule, For = (int)PassesFor, Against = (int)PassesAgainst,
            Belief = Belief, ProposedMs = ProposedMs, FollowUpOf = FollowUpOf, DecidedMs = DecidedMs, DecidedBy = DecidedBy, Reason = Reason, Note = Note,
        };
    }
}
