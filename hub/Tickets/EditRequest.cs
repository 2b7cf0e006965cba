using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary><c>PUT /api/requests/{number}</c>: another service, department, priority or description. What is left out stays.</summary>
public static class EditRequest
{
    private const int MaxText = 4_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/requests/{number}", HandleAsync).RequirePermission("requests.write")
        .WithSummary("Change the service, department, priority or description of a request").Produces<RequestSummary>();

    private static async Task<IResult> HandleAsync(
        string number, Body body, Database database, ServiceCatalogue catalogue, ChangeTicket change, OpenTicket open, HttpContext context, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        if (body.Service is not null && catalogue.Find(body.Service) is null) errors["service"] = ["a code of the service catalogue: GET /api/services lists them"];
        if (body.Department is not null && catalogue.Department(body.Department) is null) errors["department"] = [$"one of {string.Join(", ", catalogue.Departments.Select(d => d.Code))}"];
        if (body.Priority is < 1 or > 4) errors["priority"] = ["1 to 4"];
        if (body.Description?.Length > MaxText) errors["description"] = [$"at most {MaxText} characters"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var expected = Preconditions.Of(context);
        var (ticket, problem) = await database.WriteAsync<(Ticket?, RequestProblem?)>(scope =>
        {
            if (TicketStore.Find(scope, number) is not { } before) return (null, RequestProblem.NotFound(number));
            if (!expected.Hold(before.Version)) return (null, RequestProblem.Changed(scope.Connection, before));
            if (body.Service is not null && body.Service != before.Service && before.Parent is not null)
                return (null, RequestProblem.Conflict($"{number} repeats {before.Parent}: undo the merge before it becomes another service's"));
            var after = Changed(before, body, catalogue);
            if (!after.PrioritySet && after.Service != before.Service) after = after with { Priority = open.PriorityOf(scope, after) };
            if (after == before) return (before, null);
            var saved = change.Save(scope, before, after, actor.Name, What(before, after));
            Audit.Write(scope, actor, "request.edit", number);
            return (saved, null);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (ticket is null) return problem!.Answer();
        Preconditions.SetTag(context, ticket.Version);
        return TypedResults.Ok(ticket.ToSummary());
    }

    private static Ticket Changed(Ticket t, Body body, ServiceCatalogue catalogue)
    {
        if (body.Service is { } code && code != t.Service && catalogue.Find(code) is { } service)
            t = t with { Service = code, Title = service.Title, Department = service.DepartmentIn(t.District), AttributesJson = null };
        if (body.Priority is { } priority) t = t with { Priority = priority, PrioritySet = true };
        return t with { Department = body.Department ?? t.Department, Description = body.Description ?? t.Description };
    }

    private static string What(Ticket before, Ticket after)
    {
        var parts = new List<string>();
        if (before.Service != after.Service) parts.Add($"service {before.Service} → {after.Service}");
        if (before.Department != after.Department) parts.Add($"department {before.Department} → {after.Department}");
        if (before.Priority != after.Priority) parts.Add($"priority {before.Priority} → {after.Priority}");
        if (before.Description != after.Description) parts.Add("description");
        return $"Changed: {string.Join(", ", parts)}";
    }

    public sealed record Body(string? Service = null, string? Department = null, int? Priority = null, string? Description = null);
}
