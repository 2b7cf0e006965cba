using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary><c>GET /api/services</c> and <c>GET /api/services/{code}</c>: the catalogue, for whoever opens or closes requests.</summary>
public static class ReadCatalogue
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/services", List).RequirePermission("catalogue.read").WithSummary("List the service catalogue");
        routes.MapGet("/api/services/{code}", One).RequirePermission("catalogue.read").WithSummary("Read a service of the catalogue");
    }

    private static Ok<View> List(ServiceCatalogue catalogue) => TypedResults.Ok(new View(
        [.. catalogue.All.Select(Of)], catalogue.Departments, catalogue.PauseReasons, catalogue.Resolutions));

    private static Results<Ok<ServiceView>, ProblemHttpResult> One(string code, ServiceCatalogue catalogue) =>
        catalogue.Find(code) is { } service
            ? TypedResults.Ok(Of(service))
            : TypedResults.Problem($"no service has the code '{code}': GET /api/services lists those there are", statusCode: StatusCodes.Status404NotFound);

    private static ServiceView Of(Service s) => new(
        s.Code, s.Title, s.Description, s.Group, s.Keywords, s.Department, s.ByDistrict, s.Attributes, s.TargetHours, s.Calendar.Code,
        s.PauseReasons, s.Resolutions, s.Escalation, s.AllowSensor, s.Public, s.Asset) { Titles = s.Titles };

    public sealed record View(
        IReadOnlyList<ServiceView> Items, IReadOnlyList<Department> Departments, IReadOnlyList<PauseReason> PauseReasons, IReadOnlyList<Resolution> Resolutions);

    public sealed record ServiceView(
        string Code, string Title, string Description, string Group, IReadOnlyList<string> Keywords, string Department,
        IReadOnlyDictionary<string, string> ByDistrict, IReadOnlyList<AttributeDefinition> Attributes, IReadOnlyList<double> TargetHours, string Calendar,
        IReadOnlyList<string> PauseReasons, IReadOnlyList<string> Resolutions, IReadOnlyList<EscalationStep> Escalation, bool AllowSensor, bool Public, string? Asset)
    {
        /// <summary>The title in other languages, by their tags.</summary>
        public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();
    }
}
