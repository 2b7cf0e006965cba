namespace ThreeOneOne.Field.Hub.Assets;

public static class AssetsSetup
{
    public static IServiceCollection AddAssets(this IServiceCollection services, AssetsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PoleIndex>();
        services.AddSingleton<RoadStructureIndex>();
        services.AddSingleton<ImportStreetLights>();
        services.AddSingleton<ImportRoadStructures>();
        services.AddHostedService(p => p.GetRequiredService<ImportStreetLights>());
        services.AddHostedService(p => p.GetRequiredService<ImportRoadStructures>());
        return services;
    }

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        TakeStreetLights.Map(routes);
        TakeRoadStructures.Map(routes);
        FindPlaces.Map(routes);
    }
}
