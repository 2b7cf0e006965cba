using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>
/// <c>POST /api/crews/{id}/status</c>: what a crew without a device said by radio of its shift. It is a shift change like any
/// other; the same client id again is the same one.
/// </summary>
public static class RadioStatus
{
    private const int MaxText = 64;
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(72);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);
    private static readonly string[] States = ["on", "break", "callOut", Shift.Off];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/crews/{id}/status", HandleAsync).RequirePermission("orders.write").WithSummary("Enter what a crew said by radio of its shift");

    private static async Task<Results<Ok<CrewSummary>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string id, Body body, Database database, VehicleRegistry vehicles, TimeProvider time, HttpContext context, CancellationToken cancel)
    {
        if (!await database.ReadAsync(c => CrewStore.All(c).Any(crew => crew.Id == id), cancel).ConfigureAwait(false)) return RegisterCrew.Unknown(id);
        var now = time.GetUtcNow();
        var errors = new Dictionary<string, string[]>();
        if (body.ClientId is not { Length: > 0 and <= MaxText }) errors["clientId"] = [$"1 to {MaxText} characters, made by the one who asks: the same again is the same status"];
        if (body.SaidBy is null || body.SaidBy.Trim().Length is 0 or > MaxText) errors["saidBy"] = [$"who of the crew said it, 1 to {MaxText} characters"];
        if (!States.Contains(body.State)) errors["state"] = [$"one of {string.Join(", ", States)}"];
        if (body.At > now + Ahead || body.At < now - Oldest) errors["at"] = [$"not in the future, and at most {Oldest.TotalHours:0} hours ago"];
        if (body.Vehicle is not null && vehicles.Find(body.Vehicle) is null) errors["vehicle"] = [$"no vehicle has the id '{body.Vehicle}': leave it out for one that the hub doesn't know"];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var actor = context.Actor();
        var (summary, fault, status) = await database.WriteAsync<(CrewSummary?, string?, int)>(scope =>
        {
            if (CrewStore.FindSummary(scope, id) is not { } crew) return (null, $"no crew has the id '{id}': GET /api/crews lists those there are", StatusCodes.Status404NotFound);
            var epoch = "radio/" + body.ClientId;
            if (CrewStore.HasChange(scope, id, epoch)) return (crew, null, 0);
            var lasting = CrewStore.Lasting(scope.Connection, scope.Transaction, id);
            if (lasting is null && body.State is "break" or Shift.Off) return (null, $"{crew.Name} is off shift: nothing to end", StatusCodes.Status422UnprocessableEntity);
            // Into another vehicle is another shift, as it is when a crew signs on there itself.
            if (body.State is "on" or "callOut" && body.Vehicle is not null && body.Vehicle != lasting?.Vehicle) lasting = null;
            var members = CrewStore.All(scope.Connection, scope.Transaction).First(c => c.Id == id).Members;
            ProjectShifts.Enter(
                scope,
                new ShiftChangeRow
                {
                    Vehicle = lasting?.Vehicle ?? body.Vehicle ?? ShiftChangeRow.NoVehicle, Epoch = epoch, Seq = 0, WorkMs = (body.At ?? now).ToUnixTimeMilliseconds(),
                    Shift = lasting?.Id ?? epoch, Crew = id, State = body.State!,
                },
                members);
            Audit.Write(scope, actor, "crew.status", id, $"{body.State}, said by {body.SaidBy!.Trim()}");
            return (CrewStore.FindSummary(scope, id), null, 0);
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return summary is null ? TypedResults.Problem(fault, statusCode: status) : TypedResults.Ok(summary);
    }

    /// <summary>State is on, break, callOut or off; at is work time, null is now; vehicle is one that has no device.</summary>
    public sealed record Body(string? ClientId = null, string? State = null, string? SaidBy = null, DateTimeOffset? At = null, string? Vehicle = null);
}
