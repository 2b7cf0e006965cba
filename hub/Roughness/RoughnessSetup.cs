using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Roughness;

public static class RoughnessSetup
{
    public static IServiceCollection AddRoughness(this IServiceCollection services, RoughnessOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PieceMap>();
        services.AddSingleton(p => new ProfiledRoads(ProfiledPieces.Load(options, p.GetRequiredService<StreetMap>())));
        services.AddSingleton<CalibrateRoughness>();
        services.AddHostedService(p => p.GetRequiredService<CalibrateRoughness>());
        services.AddProjection<ProjectRoughness>();
        return services;
    }

    public static void MapRoughness(this IEndpointRouteBuilder routes)
    {
        ReadRoughness.Map(routes);
        ReadVehicleCalibrations.Map(routes);
    }
}
