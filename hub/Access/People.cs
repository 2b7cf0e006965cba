using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>GET, POST /api/people and DELETE /api/people/{id}.</summary>
internal static class People
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/people", ListAsync).RequirePermission(Permissions.PeopleWrite).WithSummary("List people who may sign in");
        routes.MapPost("/api/people", InviteAsync).RequirePermission(Permissions.PeopleWrite).WithSummary("Invite somebody by a one-time link");
        routes.MapDelete("/api/people/{id}", RemoveAsync).RequirePermission(Permissions.PeopleWrite).WithSummary("Take somebody's access away");
    }

    private static async Task<IResult> ListAsync(Database database, CancellationToken cancel)
    {
        var people = await database.ReadAsync(PeopleStore.All, cancel).ConfigureAwait(false);
        return Results.Ok(new
        {
            Items = people.Select(p => new
            {
                p.Id,
                p.Name,
                p.Role,
                HasPassword = p.Password is not null,
                CreatedAt = Instant.From(p.CreatedMs),
                SignedInAt = Instant.From(p.SignedInMs),
                RemovedAt = Instant.From(p.DisabledMs),
            }),
        });
    }

    /// <summary>A new person, or a new link and role for one who is there. The link is in this answer only.</summary>
    private static async Task<IResult> InviteAsync(
        Request request, HttpContext context, Database database, AccessOptions options, CancellationToken cancel)
    {
        var lifetime = TimeSpan.FromMinutes(request.Minutes ?? options.LinkMinutes);
        var made = await database.WriteAsync(scope =>
        {
            if (Grants.Exceed(scope.Connection, context.ActorIdentity()!, request.Role)) return new InvitePerson.Outcome("role", Grants.Fault);
            return InvitePerson.Do(scope, context.Actor(), request.Name, request.Role, lifetime);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (made.Fault is not null) return Invalid(made.Field!, made.Fault);
        return Results.Created($"/api/people/{made.Person}", new { Id = made.Person, Link = made.Path, made.Expires });
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext context, Database database, CancellationToken cancel) =>
        await database.WriteAsync(scope =>
        {
            if (PeopleStore.ById(scope.Connection, id) is not { DisabledMs: null } person)
                return Results.Problem($"no person has the id '{id}': GET /api/people lists those there are", statusCode: StatusCodes.Status404NotFound);
            if (LastAdministrator.Is(scope.Connection, person.Name, null))
                return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: LastAdministrator.Fault, detail: "The hub keeps one: let somebody else in as city-it first.");
            PeopleStore.Disable(scope, id);
            SessionStore.EndAll(scope, id);
            Audit.Write(scope, context.Actor(), "person.remove", id, person.Name);
            return Results.NoContent();
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);

    private static IResult Invalid(string field, string message) =>
        Results.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    internal sealed record Request(string? Name = null, string? Role = null, int? Minutes = null);
}
