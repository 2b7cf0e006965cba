using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary><c>GET /api/requests</c> (pages by cursor) and <c>GET /api/requests/{number}</c> (with evidence, history and orders).</summary>
public static class ReadRequests
{
    private const int UsualLimit = 100;
    private const int MostLimit = 1_000;
    private const int MostEvidence = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/requests", ListAsync).RequirePermission("requests.read").WithSummary("List service requests");
        routes.MapGet("/api/requests/{number}", DetailAsync).RequirePermission("requests.read")
            .WithSummary("Read a service request with evidence, history and orders");
    }

    private static async Task<Results<Ok<RequestPage>, ValidationProblem>> ListAsync(
        Database database, CancellationToken cancel, string? status = null, string? service = null, string? q = null, string? stage = null, string? department = null,
        string? district = null, string? parent = null, string? responsible = null, string? source = null, string? order = null, int? limit = null, string? cursor = null)
    {
        // What waits for a person comes in the order in which it should be looked at.
        if (stage is TicketStage.Review or TicketStage.Held) return await ReviewAsync(database, stage, service, district, limit, cursor, cancel).ConfigureAwait(false);
        var due = order is DueList.ByTarget or DueList.ByPriority;
        var after = due || string.IsNullOrEmpty(cursor) ? null : RequestCursor.TryParse(cursor);
        var errors = new Dictionary<string, string[]>();
        if (status is not (null or Ticket.Open or Ticket.Closed or Ticket.Withdrawn)) errors["status"] = ["open, closed or withdrawn"];
        if (limit is < 1 or > MostLimit) errors["limit"] = [$"1 to {MostLimit}"];
        if (responsible is not (null or "crew" or "contractor" or "referral" or "private" or "triage")) errors["responsible"] = ["crew, contractor, referral, private or triage"];
        if (source is not (null or "sensor" or "crew" or "person" or "resident")) errors["source"] = ["sensor, crew, person or resident"];
        if (order is not (null or "newest") && !due) errors["order"] = ["newest, target or priority"];
        if (due && status is not (null or Ticket.Open)) errors["order"] = ["target and priority are orders of what is open: leave status out"];
        if (due && !string.IsNullOrWhiteSpace(q)) errors["order"] = ["what q finds comes newest first: leave order out"];
        if (after is null && !due && !string.IsNullOrEmpty(cursor)) errors["cursor"] = ["what a page gave as next"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var filter = new RequestFilter(status, service, q, limit ?? UsualLimit, after)
        {
            Department = department, District = district, Parent = parent, Responsible = responsible, Source = source,
        };
        var page = await database.ReadAsync(c => due ? DueList.Page(c, filter, order!, cursor) : TicketReading.Page(c, filter), cancel).ConfigureAwait(false);
        return page is { } found
            ? TypedResults.Ok(new RequestPage(found.Items, found.Next))
            : TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["cursor"] = ["what a page of the same order gave as next"] });
    }

    private static async Task<Results<Ok<RequestPage>, ValidationProblem>> ReviewAsync(
        Database database, string stage, string? service, string? district, int? limit, string? cursor, CancellationToken cancel)
    {
        if (limit is < 1 or > MostLimit) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"1 to {MostLimit}"] });
        return await database.ReadAsync(c => ReviewList.Page(c, stage, service, district, limit ?? UsualLimit, cursor), cancel).ConfigureAwait(false) is { } page
            ? TypedResults.Ok(new RequestPage(page.Items, page.Next))
            : TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["cursor"] = ["what a page gave as next"] });
    }

    private static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> DetailAsync(
        string number, Database database, SitesOptions sites, RoadStructureIndex structures, IEnumerable<IRequestPart> parts, HttpContext context, CancellationToken cancel)
    {
        long version = 0;
        var detail = await database.ReadAsync(c =>
        {
            if (TicketStore.Find(c, null, number) is not { } ticket) return null;
            var linked = TicketStore.Sites(c, null, number);
            var json = JsonSerializer.SerializeToNode(ticket.ToSummary(), HubJson.Options)!.AsObject();
            version = ticket.Version;
            json["version"] = ticket.Version;
            json["description"] = ticket.Description;
            json["attributes"] = JsonSerializer.SerializeToNode(ticket.Attributes, HubJson.Options);
            json["reportedAddress"] = ticket.ReportedAddress;
            json["isPublic"] = ticket.IsPublic;
            json["children"] = JsonSerializer.SerializeToNode(LinkStore.ChildNumbers(c, number), HubJson.Options);
            json["link"] = JsonSerializer.SerializeToNode(LinkStore.Current(c, null, number), HubJson.Options);
            json["sites"] = JsonSerializer.SerializeToNode(linked, HubJson.Options);
            json["evidence"] = JsonSerializer.SerializeToNode(SiteEvidence.Read(c, linked, MostEvidence, structures, sites), HubJson.Options);
            json["history"] = JsonSerializer.SerializeToNode(TicketReading.History(c, number), HubJson.Options);
            json["orders"] = JsonSerializer.SerializeToNode(TicketStore.Orders(c, null, number).Select(o => Order(ticket, o)), HubJson.Options);
            foreach (var part in parts)
            {
                if (part.Read(c, ticket) is { } value) json[part.Name] = JsonSerializer.SerializeToNode(value, HubJson.Options);
            }

            return json;
        }, cancel).ConfigureAwait(false);
        if (detail is not null) Preconditions.SetTag(context, version);
        return detail is null
            ? TypedResults.Problem($"no request has the number '{number}': GET /api/requests lists those there are", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.Ok(detail);
    }

    // The same members as a work order's own summary.
    private static object Order(Ticket ticket, LinkedOrder order) => new
    {
        order.Id, order.Number, order.Request, ticket.Service, ticket.Title, ticket.Address, Lat = ticket.At.Latitude, Lon = ticket.At.Longitude,
        order.State, order.Crew, order.CrewName, order.Vehicle, ticket.Priority, ticket.TargetAt, order.UpdatedAt,
    };

    public sealed record RequestPage(IReadOnlyList<RequestSummary> Items, string? Next);
}
