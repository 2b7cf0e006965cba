using ThreeOneOne.Field.Hub.Ingest;

namespace ThreeOneOne.Field.Hub.Fleet;

public static class FleetSetup
{
    public static IServiceCollection AddFleet(this IServiceCollection services, FleetOptions options)
    {
        services.AddSingleton(options);
        services.AddProjection<ProjectHealth>();
        services.AddSingleton<FleetHealth>();
        services.AddHostedService(p => p.GetRequiredService<FleetHealth>());
        return services;
    }

    public static void MapFleet(this IEndpointRouteBuilder routes) => ReadFleet.Map(routes);
}
