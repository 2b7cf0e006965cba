namespace ThreeOneOne.Field.Hub.Assets;

public static class AssetsSetup
{
    public static IServiceCollection AddAssets(this IServiceCollection services, AssetsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PoleIndex>();
        services.AddSingleton<ImportStreetLights>();
        services.AddHostedService(p => p.GetRequiredService<ImportStreetLights>());
        return services;
    }

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        TakeStreetLights.Map(routes);
        FindPlaces.Map(routes);
    }
}
