using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary><c>GET /metrics</c>: for Prometheus, with a key of the role <c>monitoring</c>.</summary>
public static class ReadMetrics
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Read).RequirePermission("metrics.read").WithSummary("Read metrics as Prometheus text");

    private static ContentHttpResult Read(MetricsReader reader) => TypedResults.Text(reader.Read(), PrometheusText.ContentType);
}
