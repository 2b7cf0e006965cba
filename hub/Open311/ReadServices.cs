using System.Text.Json;
using ThreeOneOne.Field.Hub.Catalogue;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary><c>GET services</c> and <c>GET services/{code}</c>: what residents may report, and what is asked about it.</summary>
internal sealed class ReadServices(ServiceCatalogue catalogue)
{
    public Task<GeoAnswer> ListAsync(GeoCall call, CancellationToken cancel) =>
        Task.FromResult(GeoAnswer.List("services", "service", catalogue.All.Where(s => s.Public).Select(View)));

    public Task<GeoAnswer> DefinitionAsync(GeoCall call, CancellationToken cancel) => Task.FromResult(
        Find(catalogue, call.Id) is { } service
            ? GeoAnswer.Ok("service_definition", Definition(service))
            : GeoAnswer.Missing(Unknown));

    public const string Unknown = "no service has this service_code: GET services lists those there are";

    /// <summary>A service of which residents may report and see requests.</summary>
    public static Service? Find(ServiceCatalogue catalogue, string? code) => catalogue.Find(code) is { Public: true } service ? service : null;

    private static GeoNode.Group View(Service service) => new()
    {
        { "service_code", service.Code },
        { "service_name", service.Title },
        { "description", service.Description },
        { "metadata", service.Attributes.Count > 0 },
        { "type", JsonNamingPolicy.CamelCase.ConvertName(service.Type.ToString()) },
        { "keywords", string.Join(", ", service.Keywords) },
        { "group", service.Group },
    };

    private static GeoNode.Group Definition(Service service) => new()
    {
        { "service_code", service.Code },
        { "attributes", new GeoNode.Many("attribute", [.. service.Attributes.Select(Attribute)]) },
    };

    private static GeoNode.Group Attribute(AttributeDefinition attribute) => new()
    {
        { "variable", attribute.Variable },
        { "code", attribute.Code },
        { "datatype", attribute.Datatype.ToString().ToLowerInvariant() },
        { "required", attribute.Required },
        { "datatype_description", attribute.Hint },
        { "order", (double?)attribute.Order },
        { "description", attribute.Description },
        {
            "values", attribute.Values.Count == 0 ? null : new GeoNode.Many("value",
                [.. attribute.Values.Select(v => new GeoNode.Group { { "key", v.Key }, { "name", v.Name } })])
        },
    };
}
