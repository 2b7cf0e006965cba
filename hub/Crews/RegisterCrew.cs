using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>
/// <c>POST /api/crews</c>: adds a crew; the same again answers 200 and changes nothing. <c>PUT /api/crews/{id}</c>: changes what the
/// registry says of one.
/// </summary>
public static class RegisterCrew
{
    private const int MostMembers = 16;
    private const int MostWords = 50;
    private const int MaxText = 64;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/crews", HandleAsync).RequirePermission("crews.write").WithSummary("Register a crew");
        routes.MapPut("/api/crews/{id}", ChangeAsync).RequirePermission("crews.write").WithSummary("Change a crew's name, people, skills, equipment or districts");
    }

    private static async Task<Results<Created<Crew>, Ok<Crew>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        Request request, Database database, HttpContext context, CancellationToken cancel)
    {
        var errors = Check(request);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var crew = request.ToCrew();
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

    private static async Task<Results<Ok<Crew>, ProblemHttpResult, ValidationProblem>> ChangeAsync(
        string id, Facts facts, Database database, HttpContext context, CancellationToken cancel)
    {
        // First whether it is there: who asks for one that isn't hears that, whatever else is wrong.
        if (!await database.ReadAsync(c => CrewStore.All(c).Any(crew => crew.Id == id), cancel).ConfigureAwait(false)) return Unknown(id);
        var request = new Request(id, facts.Name ?? "", facts.Members, facts.Skills, facts.Contractor, facts.Equipment, facts.Districts);
        var errors = Check(request);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var crew = request.ToCrew();
        var changed = await database.WriteAsync(scope =>
        {
            if (!CrewStore.Rewrite(scope, crew)) return false;
            Audit.Write(scope, actor, "crew.change", id, crew.Name);
            scope.Raise(new CrewChanged(CrewStore.FindSummary(scope, id)!));
            return true;
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return changed ? TypedResults.Ok(crew) : Unknown(id);
    }

    internal static ProblemHttpResult Unknown(string id) =>
        TypedResults.Problem($"no crew has the id '{id}': GET /api/crews lists those there are", statusCode: StatusCodes.Status404NotFound);

    private static Dictionary<string, string[]> Check(Request request)
    {
        var errors = new Dictionary<string, string[]>();
        if (!Identifier.IsValid(request.Id)) errors["id"] = [$"an id is {Identifier.Rule}"];
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > MaxText) errors["name"] = [$"a name has 1 to {MaxText} characters"];
        if (request.Members is { } members && (members.Length > MostMembers || members.Any(m => !Identifier.IsValid(m))))
            errors["members"] = [$"at most {MostMembers} pseudonyms, each {Identifier.Rule}"];
        foreach (var (member, words, what) in new[]
        {
            ("skills", request.Skills, "service codes, or skills of the catalogue"), ("equipment", request.Equipment, "equipment of the catalogue"),
            ("districts", request.Districts, "ids of districts"),
        })
        {
            if (words is { } list && (list.Length > MostWords || list.Any(w => string.IsNullOrWhiteSpace(w) || w.Length > MaxText))) errors[member] = [$"at most {MostWords} {what}"];
        }

        if (request.Contractor is not null && !Identifier.IsValid(request.Contractor)) errors["contractor"] = [$"an id is {Identifier.Rule}; leave it out for a crew of the city"];
        return errors;
    }

    public sealed record Request(
        string Id, string Name, string[]? Members = null, string[]? Skills = null, string? Contractor = null, string[]? Equipment = null, string[]? Districts = null)
    {
        internal Crew ToCrew() => new(Id, Name.Trim(), Members ?? [], Skills ?? [], Contractor) { Equipment = Equipment, Districts = Districts ?? [] };
    }

    /// <summary>All that the registry says of a crew from now on.</summary>
    public sealed record Facts(
        string? Name = null, string[]? Members = null, string[]? Skills = null, string? Contractor = null, string[]? Equipment = null, string[]? Districts = null);
}
