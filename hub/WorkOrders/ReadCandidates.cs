using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Responsibility;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// <c>GET /api/work-orders/{id}/candidates</c> and <c>GET /api/requests/{number}/candidates</c>: crews for a job, the best qualified
/// first. Positions are asked for only of units whose crew is on shift, and only the time of the way leaves this room.
/// </summary>
public sealed class ReadCandidates(
    ServiceCatalogue catalogue, DistrictMap districts, TravelTimes travel, LivePositions positions, WorkOrdersOptions options, TimeProvider time)
{
    // As the crow flies, by streets that lead around something; metres a second.
    private const double StraightMps = 4;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/work-orders/{id}/candidates", async Task<Results<Ok<Answer>, ProblemHttpResult>> (string id, ReadCandidates candidates, Database database, CancellationToken cancel) =>
        {
            var answer = await database.ReadAsync(
                c => OrderStore.Find(c, null, id) is { } order ? candidates.Rank(c, order.Service, order.At, order.Party, order.Crew) : null, cancel).ConfigureAwait(false);
            return answer is null ? ReadOrders.Missing(id) : TypedResults.Ok(answer);
        }).RequirePermission("orders.read").WithSummary("List crews for a work order, the best qualified first");

        routes.MapGet("/api/requests/{number}/candidates", async Task<Results<Ok<Answer>, ProblemHttpResult>> (string number, ReadCandidates candidates, Database database, CancellationToken cancel) =>
        {
            var answer = await database.ReadAsync(c =>
            {
                if (TicketStore.Find(c, null, number) is not { } ticket) return null;
                var decision = ResponsibilityStore.Find(c, null, number);
                return candidates.Rank(c, ticket.Service, ticket.At, decision is { Outcome: Outcome.Contractor } ? decision.Party : null, except: null);
            }, cancel).ConfigureAwait(false);
            return answer is null
                ? TypedResults.Problem($"no request has the number '{number}': GET /api/requests lists those there are", statusCode: StatusCodes.Status404NotFound)
                : TypedResults.Ok(answer);
        }).RequirePermission("orders.read").WithSummary("List crews for a request, the best qualified first");
    }

    private Answer? Rank(DbConnection connection, string code, GeoPoint at, string? party, string? except)
    {
        if (catalogue.Find(code) is not { } service) return null;
        var district = districts.Of(at);
        var job = new SoughtJob(service, district?.Id, party, options.JobMinutes / 60.0);
        var summaries = CrewStore.Summaries(connection).ToDictionary(s => s.Id);
        var loads = OrderStore.Loads(connection);
        var crews = CrewStore.All(connection);
        var places = crews.Select(c => summaries[c.Id] is { Shift: not Shift.Off, Vehicle: { } vehicle } ? positions.Newest(vehicle)?.Position.At : null).ToList();
        var known = Enumerable.Range(0, crews.Count).Where(i => places[i] is not null).ToList();
        var seconds = travel.To(at, [.. known.Select(i => places[i]!.Value)]);
        var ways = known.Select((i, n) => (Crew: crews[i].Id, Seconds: seconds[n] ?? places[i]!.Value.DistanceMTo(at) / StraightMps, By: seconds[n] is null ? Candidate.StraightLine : Candidate.Streets))
            .ToDictionary(w => w.Crew);
        var now = crews.Select(c =>
        {
            var summary = summaries[c.Id];
            var began = summary.Shift == Shift.Off ? null : CrewStore.Lasting(connection, null, c.Id);
            // What it already has of this job is no load.
            var load = loads.GetValueOrDefault(c.Id) - (c.Id == except ? 1 : 0);
            var way = ways.TryGetValue(c.Id, out var found);
            return new CrewNow(
                c, summary.Shift, began is null ? null : options.ShiftHours - (time.GetUtcNow() - began.From).TotalHours, Math.Max(0, load), options.CrewCapacity,
                way ? found.Seconds : null, way ? found.By : Candidate.Unknown);
        });
        return new Answer(code, district?.Id, district?.Name, RankCrews.Of(job, now));
    }

    public sealed record Answer(string Service, string? District, string? DistrictName, IReadOnlyList<Candidate> Items);
}
