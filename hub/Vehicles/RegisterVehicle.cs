using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary><c>POST /api/vehicles</c>: adds a vehicle; the same again answers 200 and changes nothing.</summary>
public static class RegisterVehicle
{
    private const int MaxNameLength = 64;

    // The hub's own certificate and sessions go by names that start so.
    private const string Reserved = "hub";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/vehicles", HandleAsync).RequirePermission("vehicles.write")
        .WithSummary("Register a vehicle, or change one");

    private static async Task<Results<Created<VehicleView>, Ok<VehicleView>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        HttpContext context, Request request, VehicleRegistry registry, VehicleStatuses statuses, HubOptions hub, TimeProvider time, CancellationToken cancel)
    {
        var errors = Check(request);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        var vehicle = new Vehicle(request.Id, request.Jurisdiction ?? hub.Jurisdiction, request.Name.Trim(), request.Kind, time.GetUtcNow());
        var (registered, isNew) = await registry.RegisterAsync(
            vehicle, scope => Audit.Write(scope, context.Actor(), "vehicle.register", vehicle.Id, $"{vehicle.Name}, {vehicle.Kind}, {vehicle.Jurisdiction}"), cancel).ConfigureAwait(false);
        var view = VehicleView.Of(registered, statuses.Find(registered.Id));
        if (isNew) return TypedResults.Created($"/api/vehicles/{registered.Id}", view);
        if (registered with { Created = vehicle.Created } == vehicle) return TypedResults.Ok(view);
        return TypedResults.Problem($"the id '{request.Id}' belongs to {registered.Name} of {registered.Jurisdiction}: choose another id", statusCode: StatusCodes.Status409Conflict);
    }

    /// <returns>What is wrong with an id or a name; null when nothing is.</returns>
    public static string? Fault(string id, string name)
    {
        var errors = Check(new Request(id, name, VehicleKind.Crewed));
        return errors.Count == 0 ? null : string.Join("; ", errors.Select(e => $"{e.Key}: {e.Value[0]}"));
    }

    private static Dictionary<string, string[]> Check(Request request)
    {
        var errors = new Dictionary<string, string[]>();
        if (!Identifier.IsValid(request.Id)) errors["id"] = [$"an id is {Identifier.Rule}"];
        else if (request.Id == Reserved || request.Id.StartsWith(Reserved + "-", StringComparison.Ordinal)) errors["id"] = [$"'{Reserved}' and '{Reserved}-…' name the hub itself"];
        if (request.Jurisdiction is { } jurisdiction && !Identifier.IsValid(jurisdiction)) errors["jurisdiction"] = [$"a jurisdiction is {Identifier.Rule}"];
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > MaxNameLength) errors["name"] = [$"a name has 1 to {MaxNameLength} characters"];
        if (request.Kind is not (VehicleKind.Crewed or VehicleKind.SensorOnly)) errors["kind"] = ["crewed or sensor-only"];
        return errors;
    }

    public sealed record Request(string Id, string Name, VehicleKind Kind, string? Jurisdiction = null);
}
