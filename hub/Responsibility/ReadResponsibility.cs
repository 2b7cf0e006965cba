using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>
/// <c>GET /api/requests/{number}/responsibility</c>, <c>GET /api/triage</c> (what nobody answers for yet),
/// <c>GET /api/referrals</c> (what is not settled, the longest due first) and <c>GET /api/parties</c>.
/// </summary>
public static class ReadResponsibility
{
    private const int UsualLimit = 100;
    private const int MostLimit = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/requests/{number}/responsibility", OneAsync).RequirePermission("requests.read").WithSummary("Who answers for a request");
        routes.MapGet("/api/triage", TriageAsync).RequirePermission("requests.read").WithSummary("Requests that nobody answers for yet");
        routes.MapGet("/api/referrals", ReferralsAsync).RequirePermission("requests.read").WithSummary("Referrals and notices that are not settled");
        routes.MapGet("/api/parties", (ResponsibilityRules rules) => TypedResults.Ok(new { items = rules.Parties.OrderBy(p => p.Id, StringComparer.Ordinal) }))
            .RequirePermission("requests.read").WithSummary("Who can answer for a request");
    }

    private static async Task<Results<Ok<DecisionView>, ProblemHttpResult>> OneAsync(string number, Database database, ResponsibilityRules rules, CancellationToken cancel)
    {
        var view = await database.ReadAsync(c => ResponsibilityStore.Find(c, null, number) is { } d ? DecisionView.Of(c, rules, d) : null, cancel).ConfigureAwait(false);
        return view is null
            ? TypedResults.Problem($"who answers for '{number}' was not asked yet: it is as soon as the request is open", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.Ok(view);
    }

    private static async Task<Results<Ok<Page<Waiting>>, ValidationProblem>> TriageAsync(Database database, CancellationToken cancel, int? limit = null, string? cursor = null)
    {
        if (Fault(limit, cursor, out var after) is { } fault) return fault;
        var most = limit ?? UsualLimit;
        var items = await database.ReadAsync(
            c => ResponsibilityStore.With(c, Outcome.Triage, after, most).ConvertAll(d => new Waiting(TicketStore.Find(c, null, d.Request)?.ToSummary(), d.Because, d.DecidedBy, d.DecidedAt, d.Request)),
            cancel).ConfigureAwait(false);
        return TypedResults.Ok(new Page<Waiting>(items, items.Count == most ? Cursor(items[^1].Since, items[^1].Number) : null));
    }

    private static async Task<Results<Ok<Page<Referral>>, ValidationProblem>> ReferralsAsync(
        Database database, TimeProvider time, CancellationToken cancel, bool due = false, int? limit = null, string? cursor = null)
    {
        if (Fault(limit, cursor, out var after) is { } fault) return fault;
        var most = limit ?? UsualLimit;
        var items = await database.ReadAsync(
            c => ResponsibilityStore.Open(c, due ? time.GetUtcNow() : DateTimeOffset.MaxValue, after, most), cancel).ConfigureAwait(false);
        return TypedResults.Ok(new Page<Referral>(items, items.Count == most ? Cursor(items[^1].ChaseAt, items[^1].Id) : null));
    }

    private static string Cursor(DateTimeOffset at, string id) => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds()}.{id}");

    private static ValidationProblem? Fault(int? limit, string? cursor, out (long Ms, string Id)? after)
    {
        after = null;
        var errors = new Dictionary<string, string[]>();
        if (limit is < 1 or > MostLimit) errors["limit"] = [$"1 to {MostLimit}"];
        if (!string.IsNullOrEmpty(cursor))
        {
            if (cursor.Split('.', 2) is [var ms, var id] && long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)) after = (parsed, id);
            else errors["cursor"] = ["what a page gave as next"];
        }

        return errors.Count > 0 ? TypedResults.ValidationProblem(errors) : null;
    }

    public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

    /// <param name="Request">The request; null when it is gone.</param>
    /// <param name="Because">Why nobody answers for it.</param>
    /// <param name="By">Who said so.</param>
    /// <param name="Since">Since when it waits.</param>
    /// <param name="Number">Its number.</param>
    public sealed record Waiting(RequestSummary? Request, string Because, string By, DateTimeOffset Since, string Number);
}
