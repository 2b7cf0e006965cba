using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Crews;

/// <summary><c>POST /api/crews</c>: adds a crew; the same again answers 200 and changes nothing.</summary>
public static class RegisterCrew
{
    private const int MostMembers = 16;
    private const int MaxText = 64;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/crews", HandleAsync).RequirePermission("crews.write")
        .WithSummary("Register a crew, or change one");

    private static async Task<Results<Created<Crew>, Ok<Crew>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        Request request, Database database, HttpContext context, CancellationToken cancel)
    {
        var errors = Check(request);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var crew = new Crew(request.Id, request.Name.Trim(), request.Members ?? [], request.Skills ?? [], request.Contractor);
        var known = await database.WriteAsync(scope =>
        {
            if (!CrewStore.Add(scope, crew)) return CrewStore.All(scope.Connection, scope.Transaction).First(c => c.Id == crew.Id);
            Audit.Write(scope, actor, "crew.create", crew.Id, crew.Name);
            scope.Raise(new CrewChanged(CrewStore.FindSummary(scope, crew.Id)!));
            // It may have signed on before anybody told the office.
            ProjectShifts.Refresh(scope, crew.Id);
            return null;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        if (known is null) return TypedResults.Created($"/api/crews/{crew.Id}", crew);
        return known.Name == crew.Name
            ? TypedResults.Ok(known)
            : TypedResults.Problem($"the id '{crew.Id}' belongs to {known.Name}: choose another id", statusCode: StatusCodes.Status409Conflict);
    }

    private static Dictionary<string, string[]> Check(Request request)
    {
        var errors = new Dictionary<string, string[]>();
        if (!Identifier.IsValid(request.Id)) errors["id"] = [$"an id is {Identifier.Rule}"];
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > MaxText) errors["name"] = [$"a name has 1 to {MaxText} characters"];
        if (request.Members is { } members && (members.Length > MostMembers || members.Any(m => !Identifier.IsValid(m))))
            errors["members"] = [$"at most {MostMembers} pseudonyms, each {Identifier.Rule}"];
        if (request.Skills is { } skills && skills.Any(s => string.IsNullOrWhiteSpace(s) || s.Length > MaxText))
            errors["skills"] = ["service codes"];
        if (request.Contractor is not null && !Identifier.IsValid(request.Contractor)) errors["contractor"] = [$"an id is {Identifier.Rule}; leave it out for a crew of the city"];
        return errors;
    }

    public sealed record Request(string Id, string Name, string[]? Members = null, string[]? Skills = null, string? Contractor = null);
}
